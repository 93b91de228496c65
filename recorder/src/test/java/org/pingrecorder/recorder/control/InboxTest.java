package org.pingrecorder.recorder.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboxTest {

    @Test
    void items_comeInOrderAndOneCallAtATime() {
        List<Integer> taken = new CopyOnWriteArrayList<>();
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Inbox<Integer> inbox =
                new Inbox<>(
                        items -> {
                            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                            taken.addAll(items);
                            atOnce.decrementAndGet();
                        });
        List<Integer> all = IntStream.range(0, 2_000).boxed().toList();
        all.forEach(inbox::put);
        await().until(() -> taken.size() == all.size());
        assertEquals(all, taken);
        assertEquals(1, most.get());
    }

    @Test
    void items_thatComeMeanwhile_comeTogether() throws InterruptedException {
        List<List<Integer>> calls = new CopyOnWriteArrayList<>();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Inbox<Integer> inbox =
                new Inbox<>(
                        items -> {
                            calls.add(items);
                            first.countDown();
                            awaitLatch(goOn);
                        });
        inbox.put(1);
        first.await();
        inbox.put(2);
        inbox.put(3);
        goOn.countDown();
        await().until(() -> calls.size() == 2);
        assertEquals(List.of(List.of(1), List.of(2, 3)), calls);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
