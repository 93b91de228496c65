package org.pingrecorder.bench.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.pingrecorder.bench.Proc;
import org.pingrecorder.bench.TempFolder;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/**
 * A recorder with a database of its own, started as documented; both are gone when it is closed.
 */
public final class RecorderRun implements AutoCloseable {

    private final TempFolder temp;
    private final ServerFolder folder;
    private final JarProcess recorder;
    private final URI address;

    private RecorderRun(TempFolder temp, JarProcess recorder, URI address) {
        this.temp = temp;
        this.folder = new ServerFolder(temp.path());
        this.recorder = recorder;
        this.address = address;
    }

    public static RecorderRun start(Path project) throws Exception {
        TempFolder temp = TempFolder.create();
        JarProcess recorder =
                Jars.recorder(project, temp.path()).flags(Jars.RECORDER_FLAGS).start();
        return new RecorderRun(temp, recorder, Jars.awaitAddress(recorder));
    }

    public URI address() {
        return address;
    }

    /** A folder that goes with it. */
    ServerFolder folder() {
        return folder;
    }

    /** Starts another recorder on the same database; whoever asked closes it. */
    public JarProcess startAnother(Path project) throws Exception {
        return Jars.recorder(project, Files.createDirectory(temp.path().resolve("another")))
                .flags(Jars.RECORDER_FLAGS)
                .environment("DATASOURCES_DEFAULT_URL", folder.databaseUrl())
                .environment("DATASOURCES_DEFAULT_USERNAME", ServerFolder.DATABASE_USER)
                .environment("DATASOURCES_DEFAULT_PASSWORD", folder.databasePassword())
                .start();
    }

    Connection connect() throws IOException, SQLException {
        return folder.connect();
    }

    /** The recorder's process, without its database. */
    public long pid() {
        return recorder.handle().pid();
    }

    /** Processor time used so far. */
    public Cpu cpu() throws IOException {
        return new Cpu(
                Proc.cpuSeconds(recorder.handle()),
                Proc.cpuSeconds(folder.postgres()),
                Proc.cpuSeconds(ProcessHandle.current()));
    }

    public long residentKb() throws IOException {
        return Proc.residentKb(pid());
    }

    long residentMib() throws IOException {
        return Proc.residentMib(recorder.handle().pid());
    }

    /** Seconds of processor time, by whom. */
    public record Cpu(double recorder, double postgres, double generator) {

        String coresSince(Cpu before, double seconds) {
            return "CPU: recorder %.2f, PostgreSQL %.2f, generator %.2f cores"
                    .formatted(
                            (recorder - before.recorder) / seconds,
                            (postgres - before.postgres) / seconds,
                            (generator - before.generator) / seconds);
        }
    }

    @Override
    public void close() throws IOException {
        recorder.close();
        temp.close();
    }
}
