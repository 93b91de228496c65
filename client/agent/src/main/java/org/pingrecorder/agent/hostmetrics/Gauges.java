package org.pingrecorder.agent.hostmetrics;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Values that a text of others names; what is wrong with it is told once. For one thread. */
final class Gauges implements Source {

    private static final Logger LOG = LoggerFactory.getLogger(Gauges.class);

    /** What is read of a text; the rest is left out. */
    static final int MOST_BYTES = 64 * 1_024;

    private final String name;
    private final Text text;
    private boolean told;

    /** Gets the text. */
    @FunctionalInterface
    interface Text {
        /**
         * The text of now.
         *
         * @throws IOException with a message for people
         */
        String get() throws IOException;
    }

    /**
     * Gauges of a text.
     *
     * @param name of its origin, for people
     */
    Gauges(String name, Text text) {
        this.name = name;
        this.text = text;
    }

    @Override
    public void read(Values into) {
        String problem;
        try {
            problem = GaugeText.read(text.get(), into);
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
        }
        if (problem != null && !told) {
            LOG.warn("{}: {}; what is wrong is left out, and told once", name, problem);
        } else if (problem == null && told) {
            LOG.info("{}: all of it can be read again", name);
        }
        told = problem != null;
    }
}
