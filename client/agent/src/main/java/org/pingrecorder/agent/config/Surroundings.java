package org.pingrecorder.agent.config;

import java.nio.file.Path;
import java.util.Map;
import org.pingrecorder.icmp.Clock;

/**
 * What the process finds around itself.
 *
 * @param env environment variables
 * @param folder working directory, against which relative paths are read
 * @param clock the only clock anything in the client reads
 */
public record Surroundings(Map<String, String> env, Path folder, Clock clock) {

    public Surroundings {
        env = Map.copyOf(env);
    }

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(System.getenv(), Path.of(""), Clock.system());
    }
}
