package org.pingrecorder.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the jars and scripts under test are. */
public final class Project {

    private Project() {}

    /** The folder of the root pom: the parent of this module, where Maven runs its tests. */
    public static Path folder() {
        Path folder = Path.of("").toAbsolutePath().resolveSibling("recorder").resolveSibling("");
        for (String part : new String[] {"demo", "recorder/target/recorder.jar"}) {
            if (!Files.exists(folder.resolve(part))) {
                throw new IllegalStateException(
                        folder.resolve(part) + " is missing; build the project first");
            }
        }
        return folder;
    }
}
