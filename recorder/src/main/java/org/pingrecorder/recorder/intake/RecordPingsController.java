package org.pingrecorder.recorder.intake;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.ObjectMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.config.RecorderConfig;
import org.pingrecorder.recorder.http.ClientPath;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.wire.Receipt;

/** {@code /record-pings}: batches of a client's spool. */
@Tag(name = "pings")
@Controller(RecordPingsController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
final class RecordPingsController {

    static final String PATH = "/record-pings";

    private static final String NDJSON = "application/x-ndjson";

    private static final String EXAMPLE =
            """
            {"spool":"3f0c","batch":1042,
             "clock":{"epoch":3,"now_us":1795240800750000,"offset_us":-120},
             "series":[{"ip":"192.0.2.7","name":"gw","start":"2026-11-21T06:00:00.250Z",
               "interval_ms":1000,"latency_ms":[20.113,null,2019.998,null],
               "outcomes":{"1":{"outcome":"unreachable","type":3,"code":1,"from":"192.0.2.1"},
                           "2":{"outcome":"late"},
                           "3":{"outcome":"missed","cause":"receive_overflow"}},
               "ttl":57,"ttls":{"2":56},"duplicates":{"0":2},"slip_us":{"0":1500},
               "cut_off":[[1,3]]}],
             "gaps":[{"from":"2026-11-21T05:00:00Z","to":"2026-11-21T05:10:00Z",
               "reason":"dropped"},{"from":"2026-11-21T06:00:04Z","reason":"stopped"}],
             "running":[{"ip":"192.0.2.7","from":"2026-11-21T06:00:00.250Z","interval_ms":1000}],
             "metrics":[{"at":"2026-11-21T06:00:00.000Z","interval_ms":10000,
               "values":{"cpu_percent":3.2,"disk_used_bytes{mount=\\"/\\"}":41231233024}}]}
            """;

    private final Intake intake;
    private final KnownClients clients;
    private final SpoolClocks clocks;
    private final InstantSource clock;
    private final RecorderConfig config;
    private final ObjectMapper mapper;
    private final ReadingRoom room;

    RecordPingsController(
            Intake intake,
            KnownClients clients,
            SpoolClocks clocks,
            InstantSource clock,
            RecorderConfig config,
            ObjectMapper mapper,
            ReadingRoom room) {
        this.intake = intake;
        this.clients = clients;
        this.clocks = clocks;
        this.clock = clock;
        this.config = config;
        this.mapper = mapper;
        this.room = room;
    }

    @Operation(
            summary = "Record batches of a spool, exactly once",
            description =
                    "One batch as JSON, or up to 1,000 of one spool as NDJSON, with"
                        + " Content-Encoding gzip or none; up to 16 MB as sent, 64 MB unpacked,"
                        + " 100,000 pings a batch. Answers when all of it is durable, with a"
                        + " receipt for each batch in the order given. A batch whose number the"
                        + " spool has already reached changes nothing and is already_stored:"
                        + " sending again is harmless. Pings that are wrong are refused by their"
                        + " place; GET /refusals lists them, and what else was wrong.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = "object", example = EXAMPLE)),
                @Content(mediaType = NDJSON, schema = @Schema(type = "object"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "All of it is stored, now or before; a line each for NDJSON.",
            content = @Content(schema = @Schema(implementation = Receipt.class)))
    @Post(
            value = "/{clientId}",
            consumes = {MediaType.APPLICATION_JSON, NDJSON},
            produces = {MediaType.APPLICATION_JSON, NDJSON})
    CompletionStage<HttpResponse<byte[]>> record(
            HttpRequest<?> request,
            @PathVariable String clientId,
            @Parameter(hidden = true) @Body byte @Nullable [] body) {
        String client = ClientPath.check(clientId);
        String encoding = request.getHeaders().get("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Fault.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body with Content-Encoding gzip, or without any.");
        }
        if (body == null) {
            throw Fault.badRequest("body", "The body is empty; send a batch.");
        }
        intake.checkRoom();
        boolean many =
                request.getContentType().filter(t -> t.getSubtype().equals("x-ndjson")).isPresent();
        Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        KnownIps ips = clients.of(client);
        BatchReader reader =
                new BatchReader(
                        ips,
                        clocks::of,
                        Hours.micros(ArrivalFilter.of(request)),
                        Bounds.at(Hours.micros(receivedAt), config.keepPings()));
        List<Batch> batches = read(reader, body, many);
        String sender = request.getRemoteAddress().getAddress().getHostAddress();
        return intake.take(new Delivery(ips, sender, batches))
                .thenApply(isNew -> answer(receipts(batches, isNew, receivedAt), many));
    }

    private List<Batch> read(BatchReader reader, byte[] body, boolean many) {
        try (InputStream text = BatchBody.of(body, room)) {
            return reader.read(text, many);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be closed", e);
        }
    }

    private List<Receipt> receipts(List<Batch> batches, List<Boolean> isNew, Instant receivedAt) {
        long nowMicros = Hours.micros(clock.instant());
        List<Receipt> receipts = new ArrayList<>(batches.size());
        for (int i = 0; i < batches.size(); i++) {
            receipts.add(receipt(batches.get(i), isNew.get(i), receivedAt, nowMicros));
        }
        return receipts;
    }

    private static Receipt receipt(Batch batch, boolean isNew, Instant receivedAt, long nowMicros) {
        SpoolClocks.Spool spool = batch.spool();
        if (spool == null) {
            throw new IllegalArgumentException("a posted ping has no receipt");
        }
        Batch.Tally tally = batch.tally();
        return new Receipt(
                spool.id(),
                batch.number(),
                isNew ? Receipt.Status.STORED : Receipt.Status.ALREADY_STORED,
                receivedAt,
                nowMicros,
                isNew ? tally.stored() : 0,
                isNew && tally.quarantined() > 0 ? tally.quarantined() : null,
                isNew && !batch.refused().isEmpty() ? batch.refused() : null,
                isNew && batch.otherRefusals() > 0 ? batch.otherRefusals() : null);
    }

    private HttpResponse<byte[]> answer(List<Receipt> receipts, boolean many) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            for (Receipt receipt : receipts) {
                body.writeBytes(mapper.writeValueAsBytes(receipt));
                if (many) {
                    body.write('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a receipt cannot be written", e);
        }
        return HttpResponse.ok(body.toByteArray())
                .contentType(many ? NDJSON : MediaType.APPLICATION_JSON);
    }
}
