package org.pingrecorder.recorder.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.control.PlanTarget;

class PlanTextTest {

    private static PlanText read(String text) {
        return PlanText.read(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<PlanTarget> targets() {
        return List.of(
                new PlanTarget("192.0.2.7", null, null, null, null, null, null),
                new PlanTarget("192.0.2.7", null, "a = b", null, null, null, null),
                new PlanTarget(
                        "192.0.2.7", null, "interval=1s x", List.of("b", "a"), 100L, 10L, 0L),
                new PlanTarget("fe80::1%eth0", null, "x  y 💥", null, 3_600_000L, null, null),
                new PlanTarget("a.example", Family.IPV6, "tags=x", null, null, 60_000L, null),
                new PlanTarget("a.example", null, null, List.of("x.y"), 1_500L, 90L, 61L));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void line_isReadAsTheSameTarget(PlanTarget target) {
        PlanText text = read(PlanText.line(target));
        assertEquals(List.of(), text.faults());
        assertEquals(List.of(target), text.targets());
    }

    @Test
    void families_becomeAnIpEach() {
        List<PlanTarget> targets =
                read("a.example families=both x\nb.example families=any\n::1 families=both")
                        .targets();
        assertEquals(
                List.of("a.example ipv4", "a.example ipv6", "b.example null", "::1 null"),
                targets.stream().map(target -> target.ip() + " " + target.family()).toList());
        assertEquals("x", targets.get(1).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1\n::2\n\u00e4", "::1\r\n::2\r\n::3 \u00e4", "::1\r::2\r\u00e4"})
    void anotherEncoding_isAFaultOfItsLine(String text) {
        byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("line 3", assertThrows(Fault.class, () -> PlanText.read(latin1)).field());
    }

    @Test
    void lines_areBounded() {
        String most = "#\n".repeat(PlanText.MOST_LINES);
        assertEquals(List.of(), read(most).targets());
        assertThrows(Fault.class, () -> read(most + "#\n"));
    }
}
