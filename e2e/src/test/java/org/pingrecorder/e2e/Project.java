package org.pingrecorder.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/** Where the jars and scripts under test are. */
public final class Project {

    /** Most recorders of tests end before optimized code would pay. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1");

    private Project() {}

    /**
     * A recorder with its documented flags and those that make it start quickly, as tests start so
     * many; on any free port, with its data below the folder.
     */
    public static JarProcess.Command recorder(Path folder) {
        return measuredRecorder(folder).flags(SHORT_LIVED).flags(archive("recorder.jsa"));
    }

    /** One with its documented flags alone, for what measures. */
    public static JarProcess.Command measuredRecorder(Path folder) {
        return Jars.recorder(folder(), folder).flags(Jars.RECORDER_FLAGS);
    }

    /** A client in the same way, with its data below the folder. */
    public static JarProcess.Command client(Path folder) {
        return Jars.client(folder(), folder).flags(Jars.CLIENT_FLAGS).flags(archive("client.jsa"));
    }

    /** The first that ends makes it. */
    private static List<String> archive(String name) {
        return Jars.archiveFlags(folder().resolve("e2e/target").resolve(name));
    }

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
