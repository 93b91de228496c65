package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.uri.UriBuilder;
import java.io.InputStream;
import org.pingrecorder.recorder.database.Rows;

/** Long answers and pages of them. */
public final class Answers {

    private Answers() {}

    /** Streams rows; they are closed when the caller has them all or hangs up. */
    public static <T> MutableHttpResponse<InputStream> stream(
            Rows<T> rows, RowEncoder<T> encoder, Format format) {
        InputStream stream = new RowStream<>(rows, encoder);
        return HttpResponse.ok(stream).contentType(format.mediaType());
    }

    /** Streams a page, and says in its {@code Link} header where the rest begins (RFC 8288). */
    public static <T> MutableHttpResponse<InputStream> page(
            HttpRequest<?> request, Page<T> page, RowEncoder<T> encoder, Format format) {
        MutableHttpResponse<InputStream> response = stream(page.rows(), encoder, format);
        page.next()
                .ifPresent(
                        next ->
                                response.header(
                                        "Link",
                                        "<"
                                                + UriBuilder.of(request.getUri())
                                                        .replaceQueryParam("cursor", next)
                                                        .build()
                                                + ">; rel=\"next\""));
        return response;
    }
}
