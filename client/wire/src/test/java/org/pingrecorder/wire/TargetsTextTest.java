package org.pingrecorder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.TargetsText.Target;

class TargetsTextTest {

    @Test
    void parse_namesCommentsBlanks_areRead() {
        TargetsText text =
                TargetsText.parse(
                        "\ufeff# all\r\n192.0.2.7   The  router # here\r\n\r\n  Example.NET\t\n"
                                + "192.0.2.7 again\n::1 name");

        assertEquals(List.of(), text.faults());
        assertEquals(
                List.of(
                        new Target(Address.parse("192.0.2.7"), "The  router"),
                        new Target(Address.parse("example.net"), null),
                        new Target(Address.parse("::1"), "name")),
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
    void checkName_bounds() {
        assertEquals("a", TargetsText.checkName(" a "));
        assertEquals(200, TargetsText.checkName("a".repeat(200)).length());
        assertThrows(IllegalArgumentException.class, () -> TargetsText.checkName("a".repeat(201)));
        assertThrows(IllegalArgumentException.class, () -> TargetsText.checkName(" "));
        assertThrows(IllegalArgumentException.class, () -> TargetsText.checkName("a\ud800"));
    }
}
