package org.pingrecorder.e2e;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.RecordedPing;

/** Asks a recorder over its API, as any user would. */
public final class Rest {

    private static final JsonMapper JSON = JsonMapper.createDefault();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI recorder;

    public Rest(URI recorder) {
        this.recorder = recorder;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String json)
            throws IOException, InterruptedException {
        return call("POST", path, json);
    }

    /** Any other call with a JSON body. */
    public HttpResponse<String> call(String method, String path, String json)
            throws IOException, InterruptedException {
        return call(method, path, "application/json", json);
    }

    /** Any call with a body. */
    public HttpResponse<String> call(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** An answer that is one JSON object. */
    public JsonRow object(String path) throws IOException, InterruptedException {
        return JsonRow.of(get(path).body());
    }

    /** The rows of an answer that is a list. */
    public List<JsonRow> rows(String path) throws IOException, InterruptedException {
        return JsonRow.list(get(path).body());
    }

    /** How a client stands with the recorder. */
    public Client client(String name) throws IOException, InterruptedException {
        return Objects.requireNonNull(JSON.readValue(get("/clients/" + name).body(), Client.class));
    }

    /** All pings of the last hour that fit the query, such as {@code client=client1}. */
    public List<RecordedPing> pings(String query) throws IOException, InterruptedException {
        List<RecordedPing> pings = new ArrayList<>();
        for (String line : get("/pings?format=ndjson&" + query).body().lines().toList()) {
            pings.add(JSON.readValue(line, RecordedPing.class));
        }
        return pings;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(recorder.resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
