package org.pingrecorder.recorder.dashboard;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.pingrecorder.recorder.http.Fault;

/** {@code /} and {@code /dashboard/**}: the page for people, and what it loads. */
@Hidden
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class DashboardController {

    /** What is not named here is not sent. */
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "json", "application/json",
                    "svg", "image/svg+xml");

    /** Pictures in style sheets of themes are data URLs. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final Assets assets;

    DashboardController(Assets assets) {
        this.assets = assets;
    }

    @Get(value = "/", produces = MediaType.TEXT_HTML)
    HttpResponse<byte[]> page(HttpRequest<?> request) throws IOException {
        return file("index.html", request);
    }

    @Get(value = "/dashboard/{+path}", produces = MediaType.ALL)
    HttpResponse<byte[]> file(String path, HttpRequest<?> request) throws IOException {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        Optional<Asset> found = type == null ? Optional.empty() : assets.find(path);
        Asset asset =
                found.orElseThrow(
                        () ->
                                Fault.of(
                                        HttpStatus.NOT_FOUND,
                                        "The dashboard has no such file; it begins at /."));
        if (asset.tag().equals(request.getHeaders().get("If-None-Match"))) {
            return with(HttpResponse.notModified(), asset);
        }
        MutableHttpResponse<byte[]> response = HttpResponse.ok();
        response.header("Content-Type", type);
        String accepted = request.getHeaders().get("Accept-Encoding");
        if (accepted != null && accepted.contains("gzip")) {
            return with(response.header("Content-Encoding", "gzip").body(asset.packed()), asset);
        }
        return with(response.body(asset.plain()), asset);
    }

    /** Asked for again each time, and sent only if changed: an upgrade is seen at once. */
    private static HttpResponse<byte[]> with(MutableHttpResponse<byte[]> response, Asset asset) {
        return response.header("ETag", asset.tag())
                .header("Vary", "Accept-Encoding")
                .header("Cache-Control", "no-cache")
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("Referrer-Policy", "no-referrer");
    }
}
