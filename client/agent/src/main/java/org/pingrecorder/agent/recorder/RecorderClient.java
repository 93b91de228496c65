package org.pingrecorder.agent.recorder;

import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.client.DefaultHttpClientConfiguration;
import io.micronaut.http.client.StreamingHttpClient;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.ssl.SslConfiguration;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.Ip;
import org.pingrecorder.wire.NewIp;
import org.pingrecorder.wire.Problem;
import org.pingrecorder.wire.Receipt;
import org.pingrecorder.wire.RecordedPing;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Plan;
import reactor.core.publisher.Flux;

/**
 * The recorder's REST calls. Each blocks its caller until the answer or a timeout of ten seconds;
 * all are thread-safe. No call is ever repeated in here.
 */
public final class RecorderClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
    private static final int MOST_CONNECTIONS = 20;
    private static final int MOST_ANSWER_BYTES = 64 << 20;

    private static final MediaType NDJSON = MediaType.of("application/x-ndjson");

    private static final String NOT_A_RECORDER = "it answers, but not as a recorder does";

    private final URI recorder;
    private final StreamingHttpClient http;
    private final ObjectMapper mapper = ObjectMapper.getDefault();

    /** A client that connects when it is first used. */
    public RecorderClient(URI recorder, Optional<ProxyChoice> proxy) {
        this.recorder = recorder;
        this.http = StreamingHttpClient.create(null, configuration(recorder, proxy));
    }

    private static DefaultHttpClientConfiguration configuration(
            URI recorder, Optional<ProxyChoice> proxy) {
        DefaultHttpClientConfiguration configuration = new DefaultHttpClientConfiguration();
        if (recorder.getScheme().equalsIgnoreCase("http")) {
            // Else every certificate authority of the world waits in memory for nothing.
            SslConfiguration none = new SslConfiguration();
            none.setEnabled(false);
            configuration.setSslConfiguration(none);
        }
        configuration.setNumOfThreads(1);
        configuration.setConnectTimeout(CONNECT_TIMEOUT);
        configuration.setReadTimeout(READ_TIMEOUT);
        configuration.setMaxContentLength(MOST_ANSWER_BYTES);
        configuration
                .getConnectionPoolConfiguration()
                .setMaxConcurrentHttp1Connections(MOST_CONNECTIONS);
        proxy.ifPresent(
                p -> {
                    configuration.setProxyType(Proxy.Type.HTTP);
                    configuration.setProxyAddress(
                            InetSocketAddress.createUnresolved(p.host(), p.port()));
                    if (!p.user().isEmpty()) {
                        configuration.setProxyUsername(p.user());
                        configuration.setProxyPassword(p.password());
                    }
                });
        return configuration;
    }

    /** Where the recorder is, for messages. */
    public URI recorder() {
        return recorder;
    }

    /**
     * The registered ips.
     *
     * @param client only of this client, or null for all
     */
    public List<Ip> ips(@Nullable String client)
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        UriBuilder uri = UriBuilder.of(recorder).path("ips");
        if (client != null) {
            uri.queryParam("client", client);
        }
        String body = exchange(HttpRequest.GET(uri.build()).accept(MediaType.APPLICATION_JSON));
        return read(body, Argument.listOf(Ip.class));
    }

    /** The clients that the recorder knows. */
    public List<Client> clients()
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        HttpRequest<?> request =
                HttpRequest.GET(UriBuilder.of(recorder).path("clients").build())
                        .accept(MediaType.APPLICATION_JSON);
        return read(exchange(request), Argument.listOf(Client.class));
    }

    /** Registers ips, or changes why they are pinged. */
    public void register(List<NewIp> ips)
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        exchange(post(UriBuilder.of(recorder).path("ips").build(), ips));
    }

    /**
     * Hands over batches; when this returns, the recorder has stored them.
     *
     * @param gzip one batch as JSON, or several as NDJSON, compressed
     * @param spool of all of them
     * @param batches their numbers, in order
     * @return a receipt for each, in order
     */
    public List<Receipt> recordPings(String client, byte[] gzip, String spool, long[] batches)
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        URI uri = UriBuilder.of(recorder).path("record-pings").path(client).build();
        MediaType type = batches.length == 1 ? MediaType.APPLICATION_JSON_TYPE : NDJSON;
        String answer =
                exchange(
                        HttpRequest.POST(uri, gzip)
                                .contentType(type)
                                .header(HttpHeaders.CONTENT_ENCODING, "gzip")
                                .accept(type, MediaType.of(Problem.MEDIA_TYPE)));
        List<String> lines = answer.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() != batches.length) {
            throw RecorderAwayException.answered(NOT_A_RECORDER, Duration.ZERO, null);
        }
        List<Receipt> receipts = new ArrayList<>(lines.size());
        for (int i = 0; i < batches.length; i++) {
            Receipt receipt = read(lines.get(i), Argument.of(Receipt.class));
            if (receipt.batch() != batches[i] || !spool.equals(receipt.spool())) {
                throw RecorderAwayException.answered(NOT_A_RECORDER, Duration.ZERO, null);
            }
            receipts.add(receipt);
        }
        return receipts;
    }

    /**
     * What this client is to ping.
     *
     * @param etag of the plan that it knows, from an earlier answer; null if of none
     */
    public PlanAnswer effectivePlan(String client, @Nullable String etag)
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        MutableHttpRequest<?> request =
                HttpRequest.GET(planOf(client).path("effective").build())
                        .accept(MediaType.APPLICATION_JSON);
        if (etag != null) {
            request.header(HttpHeaders.IF_NONE_MATCH, etag);
        }
        HttpResponse<String> answer = send(request);
        boolean isSame = answer.code() == HttpStatus.NOT_MODIFIED.getCode();
        Plan plan = isSame ? null : read(answer.getBody().orElse(""), Argument.of(Plan.class));
        return new PlanAnswer(plan, isSame ? etag : answer.header(HttpHeaders.ETAG));
    }

    /** Says which plan this client follows. */
    public void acknowledge(String client, Ack ack)
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        exchange(post(planOf(client).path("ack").build(), ack));
    }

    private UriBuilder planOf(String client) {
        return UriBuilder.of(recorder).path("clients").path(client).path("plan");
    }

    /** Reads stored pings of a time span, start inclusive, row by row. */
    public void pings(
            @Nullable String client, Instant start, Instant end, Consumer<RecordedPing> row)
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        UriBuilder uri =
                UriBuilder.of(recorder)
                        .path("pings")
                        .queryParam("start", start)
                        .queryParam("end", end);
        if (client != null) {
            uri.queryParam("client", client);
        }
        HttpRequest<?> request = HttpRequest.GET(uri.build()).accept(NDJSON);
        LineSplitter lines = new LineSplitter();
        try {
            // Copied as they arrive: the client takes a buffer back once it was handed over.
            Flux<byte[]> parts = Flux.from(http.dataStream(request)).map(ByteBuffer::toByteArray);
            // Closed, it gives up the rest of an answer that is not read to its end.
            try (Stream<byte[]> stream = parts.toStream()) {
                for (Iterator<byte[]> each = stream.iterator(); each.hasNext(); ) {
                    for (String line : lines.add(each.next())) {
                        row.accept(read(line, Argument.of(RecordedPing.class)));
                    }
                }
            }
        } catch (HttpClientResponseException e) {
            throw Failures.answered(e, mapper);
        } catch (RuntimeException e) {
            throw Failures.unanswered(e);
        }
        String rest = lines.rest();
        if (!rest.isEmpty()) {
            row.accept(read(rest, Argument.of(RecordedPing.class)));
        }
    }

    private <T> T read(String json, Argument<T> type) throws RecorderAwayException {
        try {
            T value = mapper.readValue(json, type);
            if (value != null) {
                return value;
            }
        } catch (IOException e) {
            throw RecorderAwayException.answered(NOT_A_RECORDER, Duration.ZERO, e);
        }
        throw RecorderAwayException.answered(NOT_A_RECORDER, Duration.ZERO, null);
    }

    private HttpRequest<String> post(URI uri, Object body) {
        try {
            return HttpRequest.POST(uri, mapper.writeValueAsString(body))
                    .contentType(MediaType.APPLICATION_JSON_TYPE)
                    .accept(MediaType.APPLICATION_JSON_TYPE);
        } catch (IOException e) {
            throw new UncheckedIOException("a message of ours cannot be written as JSON", e);
        }
    }

    private String exchange(HttpRequest<?> request)
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        return send(request).getBody().orElse("");
    }

    private HttpResponse<String> send(HttpRequest<?> request)
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        try {
            return http.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
        } catch (HttpClientResponseException e) {
            throw Failures.answered(e, mapper);
        } catch (RuntimeException e) {
            throw Failures.unanswered(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
