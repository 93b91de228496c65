package org.pingrecorder.icmp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pingrecorder.testnet.Answers.Kind;
import org.pingrecorder.testnet.Request;
import org.pingrecorder.testnet.SentAnswers;

/** The delays that the far end really gave its right replies, found again by host and time. */
final class GivenDelays implements SentAnswers {

    private record Host(long high, long low) {}

    private record Given(long arrivedNanos, long delayNanos) {}

    private final Map<Host, List<Given>> byHost = new ConcurrentHashMap<>();

    @Override
    public void sending(Request request, Kind kind, long delayNanos) {
        if (kind == Kind.REPLY) {
            List<Given> given =
                    byHost.computeIfAbsent(
                            new Host(request.destinationHigh(), request.destinationLow()),
                            host -> new ArrayList<>(3));
            given.add(new Given(request.arrivedNanos(), delayNanos));
        }
    }

    /**
     * The delay of the first reply to the request that left at about this time, once the far end is
     * idle; 0 if there was none.
     */
    long of(EchoTarget target, long sentAtNanos) {
        return byHost.getOrDefault(new Host(target.high(), target.low()), List.of()).stream()
                .min(
                        Comparator.comparingLong(
                                        (Given g) -> Math.abs(g.arrivedNanos() - sentAtNanos))
                                .thenComparingLong(Given::delayNanos))
                .map(Given::delayNanos)
                .orElse(0L);
    }
}
