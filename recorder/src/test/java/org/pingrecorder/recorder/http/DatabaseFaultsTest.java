package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.sql.SQLException;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.recorder.database.DatabaseException;

class DatabaseFaultsTest {

    @ParameterizedTest
    @CsvSource({
        "GET, 57014, 422", // statement_timeout
        "POST, 57014, 503",
        "GET, 53100, 503",
        "GET, 08006, 503",
        "GET, 42601, 500",
    })
    void fault_isTheCallersIfItAskedForTooMuch(HttpMethod method, String state, int status) {
        DatabaseFaults faults = new DatabaseFaults(InstantSource.system());
        SQLException cause = new SQLException("canceling statement", state);
        assertEquals(
                status,
                faults.handle(HttpRequest.create(method, "/pings"), new DatabaseException(cause))
                        .code());
    }
}
