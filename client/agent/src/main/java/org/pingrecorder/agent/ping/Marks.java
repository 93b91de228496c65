package org.pingrecorder.agent.ping;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.pingrecorder.wire.Outcome;

/** The signs of the live view. What went wrong is a letter in every character set. */
enum Marks {
    UNICODE("▁▂▃▄▅▆▇█", "…"),
    ASCII("..:::|||", "...");

    /** A reply within this many times the host's least latency gets the level's sign. */
    private static final double[] LEVELS = {1.25, 1.6, 2, 3, 4, 6, 10};

    private final String levels;
    private final String more;

    Marks(String levels, String more) {
        this.levels = levels;
        this.more = more;
    }

    /** Those a terminal of this character set can show. */
    static Marks of(Charset charset) {
        boolean canAll =
                charset.equals(StandardCharsets.UTF_8)
                        || (charset.canEncode()
                                && charset.newEncoder().canEncode(UNICODE.levels + UNICODE.more));
        return canAll ? UNICODE : ASCII;
    }

    /** The sign of one ping; {@code timesBest} matters for replies only. */
    char mark(Outcome outcome, double timesBest) {
        return switch (outcome) {
            case REPLY -> levels.charAt(level(timesBest));
            case LATE -> 'L';
            case TIMEOUT -> 'x';
            case UNREACHABLE -> 'u';
            case SEND_ERROR, RESOLVE_ERROR, MISSED -> '!';
        };
    }

    private static int level(double timesBest) {
        int level = 0;
        while (level < LEVELS.length && timesBest > LEVELS[level]) {
            level++;
        }
        return level;
    }

    /** What the signs mean, in one line. */
    String legend() {
        return levels.charAt(0)
                + " near its best, "
                + levels.charAt(levels.length() - 1)
                + " 10 times that; x no reply, u unreachable, L late, ! not sent";
    }

    /** What stands where something is left out. */
    String more() {
        return more;
    }
}
