package org.pingrecorder.recorder.pings;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.TestRecorder;

class TablePingStoreIT extends PingStoreContract {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    @Override
    PingStore store() {
        return RECORDER.bean(TablePingStore.class);
    }

    @Override
    void unlist(String client) {
        RECORDER.database()
                .execute("UPDATE ip SET listed = false WHERE client = '%s'".formatted(client));
    }

    @Override
    boolean isListed(String client, String ip) {
        return RECORDER.database()
                        .number(
                                "SELECT count(*) FROM ip WHERE listed AND client = '%s' AND ip = '%s'"
                                        .formatted(client, ip))
                == 1;
    }
}
