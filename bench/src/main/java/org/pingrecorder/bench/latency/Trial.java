package org.pingrecorder.bench.latency;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.pingrecorder.testnet.Answers.Kind;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.Jitter;
import org.pingrecorder.testnet.Request;
import org.pingrecorder.testnet.SentAnswers;

/**
 * So many hosts, each pinged once a second so many times: the delay that the far end gave each
 * ping, and the latency that a program measured. The pings of one host are told apart by their
 * order, which holds because no delay reaches a second.
 */
final class Trial implements SentAnswers {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Every third host has the same. */
    static final List<Duration> DELAYS =
            List.of(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100));

    /** Each delay is a millisecond more or less: round ones would suit who rounds. */
    private static final Duration JITTER = Duration.ofMillis(1);

    private static final int HOST_MASK = 0xffff;

    final int hosts;
    final int pingsPerHost;
    private final long[] givenNanos;
    private final int[] given;
    private final long[] measuredNanos;
    private final int[] measured;

    Trial(int hosts, int pingsPerHost) {
        this.hosts = hosts;
        this.pingsPerHost = pingsPerHost;
        this.givenNanos = new long[hosts * pingsPerHost];
        this.given = new int[hosts];
        this.measuredNanos = new long[hosts * pingsPerHost];
        this.measured = new int[hosts];
    }

    int pings() {
        return hosts * pingsPerHost;
    }

    static void addRules(FarEnd farEnd) {
        for (int i = 0; i < DELAYS.size(); i++) {
            farEnd.rule(
                    "10." + (1 + i) + ".0.0/16",
                    Behaviour.reply().after(DELAYS.get(i)).with(Jitter.uniform(JITTER, i)));
        }
    }

    String address(int host) {
        int low = host + 1;
        return "10." + (1 + host % DELAYS.size()) + "." + low / 256 + "." + low % 256;
    }

    List<String> addresses() {
        return IntStream.range(0, hosts).mapToObj(this::address).toList();
    }

    @Override
    public void sending(Request request, Kind kind, long delayNanos) {
        int host = (int) (request.destinationLow() & HOST_MASK) - 1;
        add(givenNanos, given, host, delayNanos);
    }

    void measured(int host, long rttNanos) {
        add(measuredNanos, measured, host, rttNanos);
    }

    private void add(long[] values, int[] counts, int host, long value) {
        if (counts[host] < pingsPerHost) {
            values[host * pingsPerHost + counts[host]] = value;
        }
        counts[host]++;
    }

    /**
     * How far each measured latency is from the delay given, ascending.
     *
     * @param delay of the hosts with this delay, or -1 for all
     * @throws IllegalStateException if a ping was not answered, or not measured
     */
    long[] errorsNanos(int delay) {
        for (int host = 0; host < hosts; host++) {
            if (given[host] != pingsPerHost || measured[host] != pingsPerHost) {
                throw new IllegalStateException(
                        "%s was pinged %d times, answered %d times and measured %d times"
                                .formatted(
                                        address(host), pingsPerHost, given[host], measured[host]));
            }
        }
        return IntStream.range(0, pings())
                .filter(i -> delay < 0 || i / pingsPerHost % DELAYS.size() == delay)
                .mapToLong(i -> Math.abs(measuredNanos[i] - givenNanos[i]))
                .sorted()
                .toArray();
    }

    /** A value that a share of the sorted ones does not exceed. */
    static long quantile(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
