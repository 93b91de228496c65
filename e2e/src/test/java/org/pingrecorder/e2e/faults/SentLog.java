package org.pingrecorder.e2e.faults;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.pingrecorder.testnet.Behaviour;

/** When the far end saw which ip's pings, by the machine's wall clock. Thread-safe. */
final class SentLog {

    private final Map<String, NavigableSet<Long>> seen = new ConcurrentHashMap<>();

    /** The same behaviour, and every request is written down. */
    Behaviour of(String ip, Behaviour behaviour) {
        NavigableSet<Long> times = new ConcurrentSkipListSet<>();
        seen.put(ip, times);
        return (request, answers) -> {
            times.add(nowMicros() - (System.nanoTime() - request.arrivedNanos()) / 1_000);
            behaviour.answer(request, answers);
        };
    }

    /** Times in microseconds since the Unix epoch, in order. */
    long[] seen(String ip, long fromMicros, long toMicros) {
        return seen
                .getOrDefault(ip, new ConcurrentSkipListSet<>())
                .subSet(fromMicros, toMicros)
                .stream()
                .mapToLong(t -> t)
                .toArray();
    }

    static long nowMicros() {
        return micros(Instant.now());
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
