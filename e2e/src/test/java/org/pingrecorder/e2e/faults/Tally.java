package org.pingrecorder.e2e.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * What was sent against what is stored.
 *
 * @param sent what the far end saw
 * @param stored of that, what history holds
 * @param unsafe sent, not stored, and no older at their client's kill than may be lost
 * @param lost sent, and neither
 * @param tooMany stored and never sent, or stored twice
 */
record Tally(long sent, long stored, long unsafe, List<String> lost, List<String> tooMany) {

    private static final int SHOWN = 5;

    /** Of nothing. */
    static Tally none() {
        return new Tally(0, 0, 0, List.of(), List.of());
    }

    Tally plus(Tally other) {
        List<String> allLost = new ArrayList<>(lost);
        allLost.addAll(other.lost);
        List<String> allTooMany = new ArrayList<>(tooMany);
        allTooMany.addAll(other.tooMany);
        return new Tally(
                sent + other.sent,
                stored + other.stored,
                unsafe + other.unsafe,
                allLost,
                allTooMany);
    }

    boolean isRight() {
        return lost.isEmpty() && tooMany.isEmpty();
    }

    /** The first of what is wrong, in words. */
    String wrong() {
        return "lost "
                + lost.stream().limit(SHOWN).toList()
                + ", doubled or never sent "
                + tooMany.stream().limit(SHOWN).toList();
    }

    static String head() {
        return "%-38s %7s %9s %9s %10s %6s %8s %10s"
                .formatted(
                        "",
                        "rounds",
                        "sent",
                        "stored",
                        "undecided",
                        "lost",
                        "doubled",
                        "longest s");
    }

    String line(String what, int rounds, double longestSeconds) {
        return "%-38s %7d %,9d %,9d %10d %6d %8d %10.1f"
                .formatted(
                        what,
                        rounds,
                        sent,
                        stored,
                        unsafe,
                        lost.size(),
                        tooMany.size(),
                        longestSeconds);
    }
}
