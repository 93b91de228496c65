package org.pingrecorder.agent.run;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.recorder.FakeRecorder;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.NewIp;
import org.pingrecorder.wire.NewPing;
import org.pingrecorder.wire.Source;

class ClientRunIT extends ClientRunFixture {

    private static Map<String, Source> sources(FakeRecorder recorder) {
        return recorder.registered().values().stream()
                .collect(
                        Collectors.toMap(
                                NewIp::ip, ip -> ip.source() == null ? Source.POST : ip.source()));
    }

    @Test
    void start_targets_arePingedRegisteredAndFollowed() throws Exception {
        try (FakeRecorder recorder = new FakeRecorder()) {
            Path file = targets("127.0.0.2 two\nno-such-host.invalid\n");
            start(recorder.uri(), file, "127.0.0.1");

            await().until(() -> count(recorder, "127.0.0.1") > 3);
            await().until(() -> count(recorder, "no-such-host.invalid") > 3);
            await().until(
                            () ->
                                    sources(recorder)
                                            .equals(
                                                    Map.of(
                                                            "127.0.0.1", Source.CLIENT,
                                                            "127.0.0.2", Source.CLIENT,
                                                            "no-such-host.invalid",
                                                                    Source.CLIENT)));
            for (NewPing ping : recorder.stored()) {
                boolean name = ping.ip().equals("no-such-host.invalid");
                assertEquals(name ? "resolve_error" : "reply", ping.outcome());
                assertEquals(name, ping.latencyMs() == null);
            }

            targets("127.0.0.3\n");

            await().until(() -> count(recorder, "127.0.0.3") > 3);
            await().until(() -> sources(recorder).get("127.0.0.2") == Source.POST);
            assertEquals(Source.CLIENT, sources(recorder).get("127.0.0.1"));
            assertGrid(recorder);
            assertRunning(recorder);
        }
    }

    /** When each ip was pinged, as the recorder was told. */
    private static void assertRunning(FakeRecorder recorder) {
        Map<String, String> first = new TreeMap<>();
        recorder.stored().forEach(p -> first.merge(p.ip(), at(p), ClientRunIT::earlier));
        List<Map<String, Object>> running =
                recorder.batches().stream().flatMap(b -> b.running().stream()).toList();
        assertEquals(4, running.size());
        for (Map<String, Object> begun : running) {
            assertEquals(
                    Instant.parse(String.valueOf(first.get(String.valueOf(begun.get("ip"))))),
                    Instant.parse(String.valueOf(begun.get("from"))),
                    begun::toString);
            assertEquals(200, begun.get("interval_ms"));
        }
        Set<String> gone =
                recorder.batches().stream()
                        .flatMap(b -> b.gaps().stream())
                        .filter(
                                gap ->
                                        !gap.containsKey("to")
                                                && "stopped".equals(gap.get("reason")))
                        .map(gap -> String.valueOf(gap.get("ip")))
                        .collect(Collectors.toSet());
        assertEquals(Set.of("127.0.0.2", "no-such-host.invalid"), gone);
    }

    private static String at(NewPing ping) {
        return Instant.parse(String.valueOf(ping.at())).toString();
    }

    private static String earlier(String one, String other) {
        return Instant.parse(one).isBefore(Instant.parse(other)) ? one : other;
    }

    @Test
    void start_bothFamilies_pingsAndRegistersTwoIpsForAName() throws Exception {
        try (FakeRecorder recorder = new FakeRecorder()) {
            start(recorder.uri(), targets("localhost families=both interval=100ms Me\n"));

            await().until(() -> outcomes(recorder, Family.IPV4).size() > 5);
            await().until(() -> outcomes(recorder, Family.IPV6).size() > 5);
            assertEquals(Set.of("reply"), Set.copyOf(outcomes(recorder, Family.IPV4)));
            // Not every machine has ::1 or a name for it.
            Set<String> six = Set.copyOf(outcomes(recorder, Family.IPV6));
            assertTrue(
                    List.of(Set.of("reply"), Set.of("resolve_error"), Set.of("send_error"))
                            .contains(six),
                    six::toString);
            assertEquals(
                    Set.of("localhost ipv4", "localhost ipv6"), recorder.registered().keySet());
        }
    }

    private static List<String> outcomes(FakeRecorder recorder, Family family) {
        return recorder.stored().stream()
                .filter(p -> p.family() == family && p.ip().equals("localhost"))
                .map(p -> String.valueOf(p.outcome()))
                .toList();
    }

    /** Each ip's pings are a whole number of intervals apart. */
    private static void assertGrid(FakeRecorder recorder) {
        Map<String, Long> offsets = new TreeMap<>();
        for (NewPing ping : recorder.stored()) {
            Instant at = Instant.parse(String.valueOf(ping.at()));
            long offset = (at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000) % 200_000;
            assertEquals(offset, offsets.computeIfAbsent(ping.ip(), _ -> offset), ping.ip());
        }
    }

    @Test
    void stop_diskFails_isNotSafe() throws Exception {
        ClientRun run = start(URI.create("http://127.0.0.1:9"), targets(""), "127.0.0.1");
        await().until(() -> run.queued() > 1);
        // The spool's folder can no longer be written to, not even by root.
        Path spool = folder.resolve("data/c/spool");
        Files.move(spool, folder.resolve("elsewhere"));
        Files.createFile(spool);

        assertFalse(run.stop());
        assertFalse(run.stop());
    }

    @Test
    void stop_withoutRecorder_keepsEverythingForTheNextStart() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        URI uri = URI.create("http://127.0.0.1:" + port);
        Path file = targets("127.0.0.2\n");

        ClientRun first = start(uri, file, "127.0.0.1");
        await().until(() -> first.queued() > 10);
        first.stop();
        long left = first.queued();
        assertTrue(left > 10);

        try (FakeRecorder recorder = new FakeRecorder(port)) {
            start(uri, file, "127.0.0.1");
            await().until(() -> recorder.stored().size() > left + 4);
            List<NewPing> stored = recorder.stored();
            assertEquals(
                    stored.size(),
                    stored.stream().map(p -> p.ip() + p.at()).distinct().count(),
                    "each once");
            List<String> reasons =
                    recorder.batches().stream()
                            .flatMap(batch -> batch.gaps().stream())
                            .map(gap -> gap.get("reason") + (gap.containsKey("to") ? "" : " open"))
                            .toList();
            assertEquals(List.of("stopped open", "stopped", "stopped open"), reasons);
        }
    }
}
