package org.pingrecorder.agent.hostmetrics;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.MetricName;

/** Lines of a name and a value, as people and their programs write them. */
final class GaugeText {

    static final int MOST_NAMES = 100;
    private static final int LONGEST_SHOWN = 60;

    private GaugeText() {}

    /**
     * Adds the values of a text. Empty lines and those that begin with # are passed over.
     *
     * @return what is wrong with the first line that is left out; null if none is
     */
    static @Nullable String read(String text, Values into) {
        String problem = null;
        int names = 0;
        int number = 0;
        for (String each : text.split("\n", -1)) {
            number++;
            String line = each.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String name = ProcFiles.word(line, 0);
            double value = ProcFiles.number(ProcFiles.word(line, 1));
            String wrong = null;
            if (names == MOST_NAMES) {
                wrong = "there are more than " + MOST_NAMES + " names";
            } else if (!MetricName.isBare(name)) {
                wrong = "write a name of 1 to 100 letters, digits, '_' and ':', then its value";
            } else if (!Double.isFinite(value) || !ProcFiles.word(line, 2).isEmpty()) {
                wrong = "write one number after the name, such as 21.5";
            } else if (into.has(name)) {
                wrong = "the name is taken already";
            } else {
                into.add(name, value);
                names++;
            }
            if (wrong != null && problem == null) {
                problem = "line %d ('%s'): %s".formatted(number, shown(line), wrong);
            }
        }
        return problem;
    }

    private static String shown(String line) {
        String visible = line.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= LONGEST_SHOWN
                ? visible
                : visible.substring(0, LONGEST_SHOWN) + "…";
    }
}
