package org.pingrecorder.agent.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.ClientState;

class ClientsTableTest {

    static Client client(
            String name,
            ClientState state,
            @Nullable Instant since,
            long wanted,
            long acked,
            boolean paused,
            @Nullable Long spooled) {
        return new Client(
                name,
                state,
                since,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                null,
                null,
                1,
                wanted,
                acked,
                null,
                null,
                paused,
                null,
                null,
                null,
                spooled,
                null,
                state == ClientState.CONNECTED ? Boolean.TRUE : null,
                null);
    }

    @Test
    void text_tellsStatePlanAndWhatWaits() {
        Instant at = Instant.parse("2026-11-21T06:00:00.5Z");
        String text =
                ClientsTable.text(
                        List.of(
                                client("site2", ClientState.LOST, at, 1795240808, 7, true, 12L),
                                client(
                                        "site1",
                                        ClientState.CONNECTED,
                                        at,
                                        1795240807,
                                        1795240807,
                                        false,
                                        0L),
                                client("site3", ClientState.NEVER_SEEN, null, 9, 0, false, null),
                                client("site4", ClientState.STOPPED, at, 0, 0, false, 3L)));

        assertEquals(
                """
                client state      since (UTC)         plan       follows paused cut off waiting
                site1  connected  2026-11-21 06:00:00 1795240807 yes     no     yes           0
                site2  lost       2026-11-21 06:00:00 1795240808 no      yes    -            12
                site3  never_seen -                   9          no      no     -             -
                site4  stopped    2026-11-21 06:00:00 -          -       no     -             3\
                """
                        .lines()
                        .toList(),
                text.lines().toList());
    }
}
