package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class ChunksTest {

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Chunks chunks =
            new Chunks(
                    new Chunks.Source() {
                        @Override
                        public byte @Nullable [] next() {
                            return new byte[] {1};
                        }

                        @Override
                        public boolean isDone() {
                            return false;
                        }

                        @Override
                        public void cancelled() {
                            cancelled.set(true);
                        }
                    });

    @Test
    void connectionThatFailsToTake_endsItAndItsSource() {
        chunks.subscribe(
                new Subscriber<>() {
                    @Override
                    public void onSubscribe(Subscription subscription) {}

                    @Override
                    public void onNext(byte[] chunk) {
                        throw new IllegalStateException("of a test");
                    }

                    @Override
                    public void onError(Throwable cause) {
                        throw new AssertionError(cause);
                    }

                    @Override
                    public void onComplete() {
                        throw new AssertionError("complete");
                    }
                });
        chunks.request(1);
        assertTrue(chunks.isOver());
        assertTrue(cancelled.get());
        chunks.wake();
    }
}
