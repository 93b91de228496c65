package org.pingrecorder.agent.config;

import java.util.List;

/** The configuration cannot be used; says everything that is wrong with it, not only the first. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * The exception for some problems.
     *
     * @param problems one line each: where it came from, what is wrong, what to write
     */
    public ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
