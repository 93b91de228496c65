package org.pingrecorder.agent.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.pingrecorder.agent.timetable.PingResult;
import org.pingrecorder.agent.timetable.PingSink;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.agent.timetable.SlipHistogram;
import org.pingrecorder.wire.Outcome;

/** What was decided since the last round line. Thread-safe. */
final class RoundTally implements PingSink {

    private static final int MOST_NAMED = 5;

    /** Pings due within a millisecond leave together, so that much is no slip. */
    private static final long USUAL_P99_MICROS = 2_000;

    private static final long USUAL_MAX_MICROS = 20_000;

    private final Map<Outcome.Counts, Integer> counts =
            new java.util.EnumMap<>(Outcome.Counts.class);
    private final Map<String, Integer> lost = new LinkedHashMap<>();
    private final Map<String, Integer> notSent = new LinkedHashMap<>();
    private int duplicates;

    @Override
    public synchronized void decided(PingResult result) {
        Outcome.Counts as = result.outcome().counts();
        counts.merge(as, 1, Integer::sum);
        if (as == Outcome.Counts.LOST) {
            lost.merge(describe(result), 1, Integer::sum);
        } else if (as == Outcome.Counts.NOT_SENT) {
            notSent.merge(describe(result), 1, Integer::sum);
        }
    }

    private static String describe(PingResult result) {
        String text = result.ip() + " " + result.outcome();
        if (result.errorFrom() != null) {
            return text + " from " + result.errorFrom();
        }
        return result.outcome() == Outcome.RESOLVE_ERROR || result.cause() == null
                ? text
                : text + " " + result.cause();
    }

    @Override
    public synchronized void duplicate(PingedIp ip, long plannedEpochMicros) {
        duplicates++;
    }

    /**
     * The line, and a new round.
     *
     * @param queued not yet delivered
     * @param held of these, what waits for a file to be readable
     * @param slips of the round's pings; told where they are beyond what people take for granted
     */
    synchronized String end(long queued, long held, SlipHistogram.Summary slips) {
        int received = count(Outcome.Counts.RECEIVED);
        int late = count(Outcome.Counts.LATE);
        int gone = count(Outcome.Counts.LOST);
        int unsent = count(Outcome.Counts.NOT_SENT);
        StringBuilder line = new StringBuilder();
        line.append("sent ").append(received + late + gone);
        line.append(", received ").append(received);
        line.append(", late ").append(late);
        line.append(", lost ").append(gone).append(named(lost));
        if (unsent > 0) {
            line.append(", not sent ").append(unsent).append(named(notSent));
        }
        if (duplicates > 0) {
            line.append(", duplicates ").append(duplicates);
        }
        line.append(", queued ").append(queued);
        if (held > 0) {
            line.append(" (").append(held).append(" held back)");
        }
        if (slips.p99Micros() > USUAL_P99_MICROS || slips.maxMicros() > USUAL_MAX_MICROS) {
            line.append(", slip p50 ").append(millis(slips.p50Micros()));
            line.append(", p99 ").append(millis(slips.p99Micros()));
            line.append(", max ").append(millis(slips.maxMicros()));
        }
        counts.clear();
        lost.clear();
        notSent.clear();
        duplicates = 0;
        return line.toString();
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1_000.0);
    }

    private int count(Outcome.Counts as) {
        return counts.getOrDefault(as, 0);
    }

    private static String named(Map<String, Integer> pings) {
        if (pings.isEmpty()) {
            return "";
        }
        StringJoiner names = new StringJoiner(", ", " (", ")");
        pings.entrySet().stream()
                .limit(MOST_NAMED)
                .map(e -> e.getKey() + (e.getValue() > 1 ? " x" + e.getValue() : ""))
                .forEach(names::add);
        if (pings.size() > MOST_NAMED) {
            names.add((pings.size() - MOST_NAMED) + " more");
        }
        return names.toString();
    }
}
