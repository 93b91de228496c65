package org.pingrecorder.recorder.tasks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.Json;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Whoever reads an answer, as a test plays it. */
final class Reader implements Subscriber<byte[]> {

    private final List<String> chunks = new ArrayList<>();
    private @Nullable Subscription subscription;
    private boolean complete;
    private boolean failed;
    private boolean breaks;

    void request(long count) {
        Objects.requireNonNull(subscription).request(count);
    }

    void cancel() {
        Objects.requireNonNull(subscription).cancel();
    }

    List<String> chunks() {
        return chunks;
    }

    /** All lines but the first, which says that the task begins. */
    List<Json> lines() {
        return String.join("", chunks).lines().skip(1).map(Json::of).toList();
    }

    boolean isFailed() {
        return failed;
    }

    /** Throws what no reader should. */
    void breakAtNext() {
        breaks = true;
    }

    boolean isComplete() {
        return complete;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(byte[] chunk) {
        if (breaks) {
            throw new IllegalStateException("of the test");
        }
        chunks.add(new String(chunk, StandardCharsets.UTF_8));
    }

    @Override
    public void onError(Throwable error) {
        failed = true;
    }

    @Override
    public void onComplete() {
        complete = true;
    }
}
