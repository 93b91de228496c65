package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** A call that cannot be answered as it stands: the status, the part at fault and the mend. */
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final @Nullable String field;

    private Fault(HttpStatus status, @Nullable String field, String detail) {
        super(detail, null, false, false); // an answer, not a defect: no stack trace to collect
        this.status = status;
        this.field = field;
    }

    /**
     * A 400.
     *
     * @param field the part of the request at fault, such as {@code latency_ms}
     * @param detail what is wrong with it and what to write instead
     */
    public static Fault badRequest(String field, String detail) {
        return new Fault(HttpStatus.BAD_REQUEST, field, detail);
    }

    /** Any other status, without a field at fault. */
    public static Fault of(HttpStatus status, String detail) {
        return new Fault(status, null, detail);
    }

    public HttpStatus status() {
        return status;
    }

    public @Nullable String field() {
        return field;
    }

    /** What is wrong and what to change. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
