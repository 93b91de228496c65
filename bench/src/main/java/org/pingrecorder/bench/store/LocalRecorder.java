package org.pingrecorder.bench.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.pingrecorder.bench.TempFolder;
import org.pingrecorder.recorder.Recorder;
import org.pingrecorder.recorder.config.StartFailure;
import org.pingrecorder.recorder.packing.Packer;

/**
 * A recorder in this process, whose packer does its work when it is told; it and its database are
 * gone when it is closed.
 */
final class LocalRecorder implements AutoCloseable {

    private final TempFolder temp;
    private final ServerFolder folder;
    private final Recorder recorder;

    private LocalRecorder(TempFolder temp, ServerFolder folder, Recorder recorder) {
        this.temp = temp;
        this.folder = folder;
        this.recorder = recorder;
    }

    static LocalRecorder start() throws IOException, StartFailure {
        TempFolder temp = TempFolder.create();
        ServerFolder folder = new ServerFolder(temp.path());
        return new LocalRecorder(
                temp,
                folder,
                Recorder.start(
                        Map.of("recorder.port", 0, "recorder.data", folder.data().toString())));
    }

    ServerFolder folder() {
        return folder;
    }

    Connection connect() throws IOException, SQLException {
        return folder.connect();
    }

    Packer packer() {
        return recorder.context().getBean(Packer.class);
    }

    @Override
    public void close() throws IOException {
        recorder.close();
        temp.close();
    }
}
