package org.pingrecorder.agent.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: a whole number and a unit, {@code 512MiB}, {@code 4GiB}. */
final class ByteSize {

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})(MiB|GiB|TiB)");
    private static final long MIB = 1L << 20;
    private static final long LEAST_SPOOL = 16 * MIB;
    private static final long MOST_SPOOL = MIB << 20;

    private ByteSize() {}

    /**
     * Reads the limit of a spool within its bounds, in bytes.
     *
     * @throws IllegalArgumentException with a message that says what to write
     */
    static long spoolLimit(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a size: write a whole number and MiB, GiB or TiB, such as 4GiB"
                            .formatted(text));
        }
        long number = Long.parseLong(written.group(1));
        long bytes =
                switch (written.group(2)) {
                    case "MiB" -> number * MIB;
                    case "GiB" -> number * (MIB << 10);
                    default -> number * (MIB << 20);
                };
        if (bytes < LEAST_SPOOL || bytes > MOST_SPOOL) {
            throw new IllegalArgumentException(
                    "%s is out of bounds: write 16MiB to 1TiB".formatted(text));
        }
        return bytes;
    }
}
