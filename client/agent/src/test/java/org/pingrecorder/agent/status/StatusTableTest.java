package org.pingrecorder.agent.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.Ip;
import org.pingrecorder.wire.RecordedPing;
import org.pingrecorder.wire.Source;

class StatusTableTest {

    private static RecordedPing ping(String ip, int second, String outcome, @Nullable Double ms) {
        Instant at = Instant.parse("2026-11-21T06:00:00Z").plusSeconds(second);
        return new RecordedPing("c", ip, null, null, at, outcome, ms, null);
    }

    private static RecordedPing cutOff(int second, String outcome, @Nullable Double ms) {
        Instant at = Instant.parse("2026-11-21T06:00:00Z").plusSeconds(second);
        return new RecordedPing("c", "192.0.2.7", null, null, at, outcome, ms, true);
    }

    @Test
    void text_pingsLostWhileCutOff_areCountedApart() {
        StatusTable table = new StatusTable(List.of());
        table.add(ping("192.0.2.7", 0, "reply", 20.113));
        table.add(cutOff(1, "timeout", null));
        table.add(cutOff(2, "unreachable", null));
        table.add(cutOff(3, "reply", 20.2));
        table.add(cutOff(4, "send_error", null));

        List<String> lines = table.text().lines().map(line -> line.replaceAll(" +", " ")).toList();

        assertEquals(
                List.of(
                        "client ip name sent received late lost cut off unsent loss% last at (UTC)",
                        "c 192.0.2.7 2 2 0 0 2 1 0.0 send_error 06:00:04"),
                lines);
    }

    @Test
    void text_countsPerIpAndShowsTheLast() {
        StatusTable table =
                new StatusTable(
                        List.of(
                                new Ip(
                                        1,
                                        "192.0.2.7",
                                        null,
                                        "c",
                                        "router",
                                        Source.CLIENT,
                                        List.of(),
                                        Instant.EPOCH),
                                new Ip(
                                        2,
                                        "192.0.2.9",
                                        null,
                                        "b",
                                        null,
                                        Source.POST,
                                        List.of(),
                                        Instant.EPOCH)));
        table.add(ping("192.0.2.7", 3, "timeout", null));
        table.add(ping("192.0.2.7", 1, "reply", 20.113));
        table.add(ping("192.0.2.7", 2, "late", 2_100.5));
        table.add(ping("192.0.2.7", 0, "missed", null));
        table.add(ping("192.0.2.8", 0, "reply", 0.043));

        List<String> lines = table.text().lines().toList();

        assertEquals(4, lines.size());
        assertEquals(
                "client ip name sent received late lost unsent loss% last at (UTC)",
                lines.getFirst().replaceAll(" +", " "));
        lines.forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(lines.get(1).matches("b +192.0.2.9 +0 +0 +0 +0 +0 +- +- +-"), lines.get(1));
        assertTrue(
                lines.get(2)
                        .matches("c +192.0.2.7 +router +3 +1 +1 +1 +1 +33.3 +timeout +06:00:03"),
                lines.get(2));
        assertTrue(
                lines.get(3).matches("c +192.0.2.8 +1 +1 +0 +0 +0 +0.0 +0.043 ms +06:00:00"),
                lines.get(3));
    }
}
