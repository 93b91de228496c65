package org.pingrecorder.e2e.fleet;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pingrecorder.e2e.Project;
import org.pingrecorder.e2e.Rest;
import org.pingrecorder.e2e.SecondRecorder;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/**
 * A recorder in the middle, at an address that stays its own. The first one has the database, the
 * second is on that too.
 */
final class CentralRecorder implements AutoCloseable {

    private static final int PORT = 5001;

    private final String host;
    private final Place place;
    private final JarProcess.Command command;
    private final Passage passage;
    private JarProcess process;

    private CentralRecorder(Place place, String host, JarProcess.Command command) throws Exception {
        this.place = place;
        this.host = host;
        this.command =
                command.environment("RECORDER_HOST", host)
                        .environment("RECORDER_PORT", Integer.toString(PORT))
                        .environment("RECORDER_OPEN", "true");
        passage = new Passage(place, host, PORT);
        process = place.start(command);
        Jars.awaitAddress(process);
    }

    static CentralRecorder first(Place place, String host, Path folder) throws Exception {
        return new CentralRecorder(place, host, Project.recorder(folder));
    }

    static CentralRecorder second(Place place, String host, Path firstFolder) throws Exception {
        Path folder = Files.createDirectory(firstFolder.resolve("second"));
        return new CentralRecorder(
                place, host, SecondRecorder.of(firstFolder.resolve("data"), folder));
    }

    /** As sites call it. */
    String url() {
        return "http://" + host + ":" + PORT;
    }

    /** As the tests call it. */
    URI address() {
        return passage.address();
    }

    Rest rest() {
        return new Rest(address());
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts it again, and waits until it answers. */
    void start() throws Exception {
        process = place.start(command);
        Jars.awaitAddress(process);
    }

    @Override
    public void close() throws Exception {
        passage.close();
        process.close();
    }
}
