package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

    private static Format format(String query, String accept) {
        MutableHttpRequest<?> request = HttpRequest.GET("/x?" + query);
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        return Format.of(request, Query.of(request, Set.of("format")));
    }

    @ParameterizedTest
    @CsvSource({
        "'',            '',                               JSON",
        "'',            */*,                              JSON",
        "'',            application/json,                 JSON",
        "'',            application/*,                    JSON",
        "'',            application/x-ndjson,             NDJSON",
        "'',            text/csv,                         CSV",
        "'',            text/*,                           CSV",
        "'',            'text/html, text/csv;q=0.5',      CSV",
        "'',            'text/html,*/*;q=0.1',            JSON",
        "format=csv,    application/json,                 CSV",
        "format=ndjson, text/html,                        NDJSON",
        "format=json,   text/csv,                         JSON",
        "format=,       text/csv,                         CSV",
    })
    void of_prefersTheParameterToTheHeaderAndJsonToTheRest(
            String query, String accept, Format expected) {
        assertEquals(expected, format(query, accept));
    }

    @ParameterizedTest
    @CsvSource({
        "format=xml, '', 400",
        "format=JSON, '', 400",
        "'', text/html, 406",
        "'', image/*, 406"
    })
    void of_whatDoesNotExist_isAFault(String query, String accept, int status) {
        Fault fault = assertThrows(Fault.class, () -> format(query, accept));
        assertEquals(status, fault.status().getCode());
    }
}
