package org.pingrecorder.recorder.http;

import io.micronaut.context.annotation.Factory;
import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.connection.jdbc.exceptions.CannotGetJdbcConnectionException;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.wire.Problem;

/** Answers what repositories throw as what the stores throw is answered. */
@Factory
final class RepositoryFaults {

    @Singleton
    ExceptionHandler<CannotGetJdbcConnectionException, HttpResponse<Problem>> noConnection(
            DatabaseFaults faults) {
        return (request, exception) -> answer(faults, request, exception);
    }

    @Singleton
    ExceptionHandler<ConnectionException, HttpResponse<Problem>> connections(
            DatabaseFaults faults) {
        return (request, exception) -> answer(faults, request, exception);
    }

    @Singleton
    ExceptionHandler<DataAccessException, HttpResponse<Problem>> statements(DatabaseFaults faults) {
        return (request, exception) -> answer(faults, request, exception);
    }

    private static HttpResponse<Problem> answer(
            DatabaseFaults faults, HttpRequest<?> request, RuntimeException exception) {
        for (Throwable e = exception; e != null; e = e.getCause()) {
            if (e instanceof SQLException cause) {
                return faults.handle(request, new DatabaseException(cause));
            }
        }
        return faults.handle(request, new DatabaseException(new SQLException(exception)));
    }
}
