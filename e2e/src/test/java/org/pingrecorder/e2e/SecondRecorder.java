package org.pingrecorder.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pingrecorder.testnet.JarProcess;

/** A recorder on the database that another one has embedded. */
public final class SecondRecorder {

    private static final int PORT_LINE = 3;

    private SecondRecorder() {}

    /**
     * One on any free port, to be started while the first one runs.
     *
     * @param data the first one's data folder
     * @param folder its own working folder, which is there
     */
    public static JarProcess.Command of(Path data, Path folder) throws IOException {
        Path postmaster = data.resolve("postgres/postmaster.pid");
        String port = Files.readAllLines(postmaster).get(PORT_LINE).strip();
        return Project.recorder(folder)
                .environment(
                        "DATASOURCES_DEFAULT_URL",
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres")
                .environment("DATASOURCES_DEFAULT_USERNAME", "recorder")
                .environment(
                        "DATASOURCES_DEFAULT_PASSWORD",
                        Files.readString(data.resolve("postgres-password")).strip());
    }
}
