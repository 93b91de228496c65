package org.pingrecorder.recorder.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.openapi.annotation.OpenAPIInclude;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.net.URI;
import java.util.Objects;

/** Shows the API's description, which the build makes from the controllers. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Ping Recorder",
                        version = "0.1",
                        description =
                                "JSON in snake_case; times are UTC, ISO-8601; a window's start is"
                                        + " inclusive, its end exclusive; latencies are"
                                        + " milliseconds with microsecond digits. Every error is"
                                        + " one application/problem+json (RFC 9457) whose detail"
                                        + " says what to change and whose field names the part at"
                                        + " fault: 400 the request, 404 no such thing, 405 the"
                                        + " method, 406 and 415 the media type, 408 a body that"
                                        + " does not come, 409 a conflict, 413 the size, 421 and"
                                        + " 403 the Host or Origin, 429 too much at once (ask again"
                                        + " later), 503 the database is away (send the same again"
                                        + " later).",
                        license = @License(name = "Apache-2.0", identifier = "Apache-2.0")))
@OpenAPIInclude(classes = HealthEndpoint.class, uri = "/health", tags = @Tag(name = "operation"))
@Hidden
@Controller
final class ApiController {

    private static final String DOCUMENT = "/META-INF/swagger/openapi.yml";

    @Get(value = "/openapi", produces = "application/yaml")
    HttpResponse<StreamedFile> document() {
        InputStream document =
                Objects.requireNonNull(ApiController.class.getResourceAsStream(DOCUMENT));
        return HttpResponse.ok(new StreamedFile(document, MediaType.of("application/yaml")));
    }

    @Get("/swagger-ui")
    HttpResponse<?> swaggerUi() {
        return HttpResponse.temporaryRedirect(URI.create("/swagger-ui/index.html"));
    }
}
