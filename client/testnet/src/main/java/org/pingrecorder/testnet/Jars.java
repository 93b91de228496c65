package org.pingrecorder.testnet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The two jars as the build leaves them, and the flags of their documented start lines. */
public final class Jars {

    /** What the recorder prints when it answers; its first group is its address. */
    public static final Pattern RECORDER_STARTED = Pattern.compile("Recorder: (http\\S+)");

    public static final List<String> RECORDER_FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xss512k", "-Xmx256m");

    public static final List<String> CLIENT_FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-Xss512k",
                    "-XX:TieredStopAtLevel=1",
                    "-Xms8m",
                    "-Xmn4m",
                    "-Xmx48m",
                    "-XX:TrimNativeHeapInterval=10000");

    private Jars() {}

    /**
     * The flags that let a process keep its loaded classes in a file, so that its next start takes
     * half the time; the file is made when the process ends.
     */
    public static List<String> archiveFlags(Path file) {
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + file,
                "-Xlog:disable",
                "-Xlog:all=error:stderr");
    }

    /**
     * A recorder on any free port, with its data below the folder.
     *
     * @param project the folder of the root pom
     */
    public static JarProcess.Command recorder(Path project, Path folder) {
        return JarProcess.of(
                        project.resolve("recorder/target/recorder.jar"), folder, "recorder.log")
                .environment("RECORDER_PORT", "0")
                .environment("RECORDER_DATA", folder.resolve("data").toString());
    }

    /** A client with its data below the folder. */
    public static JarProcess.Command client(Path project, Path folder) {
        return JarProcess.of(
                        project.resolve("client/agent/target/client.jar"), folder, "client.log")
                .environment("CLIENT_DATA", folder.resolve("client-data").toString());
    }

    /** Waits until a recorder answers; returns where. */
    public static URI awaitAddress(JarProcess recorder) throws IOException, InterruptedException {
        return URI.create(recorder.await(RECORDER_STARTED).match().group(1));
    }
}
