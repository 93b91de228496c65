package org.pingrecorder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.wire.TargetsText.Target;

class TargetsTextTest {

    private static Target target(String address, @Nullable String name) {
        return new Target(Address.parse(address), name, TargetSettings.NONE);
    }

    private static Target only(String line) {
        TargetsText text = TargetsText.parse(line);
        assertEquals(List.of(), text.faults());
        return text.targets().getFirst();
    }

    private static String fault(String text) {
        List<TargetsText.Fault> faults = TargetsText.parse(text).faults();
        assertEquals(1, faults.size());
        return faults.getFirst().line() + ": " + faults.getFirst().message();
    }

    @Test
    void parse_settings_areReadBeforeTheName() {
        assertEquals(
                new Target(
                        Address.parse("a.example"),
                        "Core  router",
                        new TargetSettings(
                                Duration.ofMillis(500),
                                Duration.ofSeconds(2),
                                Duration.ZERO,
                                Families.BOTH)),
                only(
                        "a.example interval=500ms\ttimeout=2s grace=0s families=both  Core  router"
                                + " #"));
        assertEquals(
                new TargetSettings(Duration.ofHours(1), null, null, null),
                only("192.0.2.7 interval=1h").settings());
        assertEquals(null, only("192.0.2.7 interval=100ms").name());
    }

    @Test
    void parse_nameThatLooksLikeASetting_isWrittenAfterNameEquals() {
        assertEquals("rack=4 interval=1s", only("192.0.2.7 name=rack=4 interval=1s").name());
        assertEquals("a = b", only("192.0.2.7 a = b").name());
        assertEquals("x", only("192.0.2.7 interval=1s name= x").name());
        assertEquals("Router x=y", only("192.0.2.7 Router x=y").name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "interval=99ms      | interval: 99ms is out of bounds: write 100ms to 1h",
                "interval=61m       | interval: 61m is out of bounds: write 100ms to 1h",
                "interval=5         | interval: '5' has no unit",
                "interval=          | interval: '' is not a duration",
                "timeout=1ms        | timeout: 1ms is out of bounds: write 10ms to 1m",
                "grace=2m           | grace: 2m is out of bounds: write 0s to 1m",
                "families=all       | families: 'all' is not any, ipv4, ipv6 or both",
                "Interval=1s        | Interval: is no setting: write interval, timeout",
                "rack=4 x           | if it begins the name, write name=rack=4",
                "grace=1s grace=1s  | grace: is there twice",
                "Core interval=1s   | 'interval=1s' comes after the name",
                "name=              | a name is 1 to 200 characters",
            })
    void parse_settingThatCannotBeMeant_isReportedWithItsLine(String rest, String message) {
        String told = fault("192.0.2.1\n\n192.0.2.7 " + rest + "\n192.0.2.8");
        assertTrue(told.startsWith("3: ") && told.contains(message), told);
    }

    @Test
    void parse_sameAddressWithOtherSettings_isReported() {
        assertEquals(
                "3: 192.0.2.7 is on line 1 already with other settings: keep one of the two",
                fault("192.0.2.7 interval=1s\n192.0.2.7 interval=1s\n192.0.2.7 interval=2s"));
    }

    @Test
    void parse_bothHalvesOfAName_mayHaveALineEach() {
        TargetsText text =
                TargetsText.parse(
                        "a.example families=ipv4 interval=1s\na.example families=ipv6\n"
                                + "192.0.2.7 families=ipv4\n192.0.2.7 families=ipv4");
        assertEquals(List.of(), text.faults());
        assertEquals(
                List.of("a.example", "a.example", "192.0.2.7"),
                text.targets().stream().map(t -> t.address().text()).toList());
    }

    @Test
    void parse_namesCommentsBlanks_areRead() {
        TargetsText text =
                TargetsText.parse(
                        "\ufeff# all\r\n192.0.2.7   The  router # here\r\n\r\n  Example.NET\t\n"
                                + "192.0.2.7 again\n::1 name");

        assertEquals(List.of(), text.faults());
        assertEquals(
                List.of(
                        target("192.0.2.7", "The  router"),
                        target("example.net", null),
                        target("::1", "name")),
                text.targets());
    }

    @Test
    void parse_brokenLines_areNumberedAndTheOthersUsed() {
        TargetsText text = TargetsText.parse("1.2.3\n192.0.2.7\nx..y\n192.0.2.8 a\u0001b");

        assertEquals(1, text.targets().size());
        assertEquals(
                List.of(1, 3, 4), text.faults().stream().map(TargetsText.Fault::line).toList());
    }

    @Test
    void parse_halvesOfANameWithDifferentSettings_areReported() {
        TargetsText text =
                TargetsText.parse(
                        """
                        a.example families=both interval=1s
                        a.example families=ipv4 interval=10s
                        b.example families=ipv4 interval=1s
                        b.example families=ipv6 interval=10s
                        """);

        assertEquals(3, text.targets().size());
        assertEquals(List.of(2), text.faults().stream().map(TargetsText.Fault::line).toList());
    }

    @Test
    void parsePlan_tags_areReadEachOnce() {
        TargetsText text = TargetsText.parsePlan("192.0.2.7 tags=core,dc-1,core Router\n::1");
        assertEquals(List.of(), text.faults());
        Target tagged = text.targets().getFirst();
        assertEquals(List.of("core", "dc-1"), tagged.tags());
        assertEquals("Router", tagged.name());
        assertEquals(List.of(), text.targets().getLast().tags());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tags=", "tags=a,", "tags=a;b", "tags=..", "tags=a tags=b", "x tags=a"})
    void parsePlan_badTags_areReported(String rest) {
        assertEquals(1, TargetsText.parsePlan("192.0.2.7 " + rest).faults().size());
    }

    @Test
    void parse_tagsInAClientsFile_areReported() {
        assertTrue(fault("192.0.2.7 tags=core").startsWith("1: tags: are set in a plan"));
    }

    @Test
    void parsePlan_addressTwiceWithOtherTags_isReported() {
        TargetsText text = TargetsText.parsePlan("192.0.2.7 tags=a\n192.0.2.7 tags=b");
        assertEquals(List.of(2), text.faults().stream().map(TargetsText.Fault::line).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7",
                "fe80::1%eth0 The  router",
                "a.example interval=100ms timeout=60s grace=0s families=both tags=b,a name=rack=4",
                "a.example interval=1h families=any name= interval=1s",
                "2001:db8::7 interval=1500ms tags=x x y"
            })
    void line_ofATarget_isReadAsTheSame(String line) {
        Target target = TargetsText.parsePlan(line).targets().getFirst();
        String written = TargetsText.line(target);
        assertEquals(List.of(target), TargetsText.parsePlan(written).targets());
        assertEquals(
                written, TargetsText.line(TargetsText.parsePlan(written).targets().getFirst()));
    }

    @Test
    void checkName_bounds() {
        assertEquals("a", TargetsText.checkName(" a "));
        assertEquals(200, TargetsText.checkName("a".repeat(200)).length());
        assertThrows(IllegalArgumentException.class, () -> TargetsText.checkName("a".repeat(201)));
        assertThrows(IllegalArgumentException.class, () -> TargetsText.checkName(" "));
        assertThrows(IllegalArgumentException.class, () -> TargetsText.checkName("a\ud800"));
    }
}
