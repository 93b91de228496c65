package org.pingrecorder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu_percent",
                "_",
                "a:b_C9",
                "disk_used_bytes{mount=\"/\"}",
                "d{mount=\"C:\\\\ \\\"x\\\" ü\"}",
                "d{clients=\"1\"}",
                "d{a=\"\"}"
            })
    void check_aName_isTheSame(String name) {
        assertEquals(name, MetricName.check(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9lives",
                "a-b",
                "a b",
                "ü",
                "a{}",
                "a{b=1}",
                "a{b=\"1\",c=\"2\"}",
                "a{b=\"1\"",
                "a{b=\"1\"} ",
                "a{b=\"\"\"}",
                "a{b=\"\\n\"}",
                "a{b=\"\n\"}",
                "a{b=\"\u0000\"}",
                "a{client=\"x\"}"
            })
    void check_noName_isRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> MetricName.check(name));
    }

    @Test
    void check_longNames_areRefused() {
        assertEquals(100, MetricName.check("a".repeat(100)).length());
        assertThrows(IllegalArgumentException.class, () -> MetricName.check("a".repeat(101)));
        assertThrows(
                IllegalArgumentException.class,
                () -> MetricName.check("a{b=\"" + "x".repeat(MetricName.LONGEST) + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/mnt/a \"b\" \\c", "\n\u0000\u007f", "\ud83d", "x"})
    void labelled_anyValue_isAName(String value) {
        for (String each : new String[] {value, value.repeat(500)}) {
            String name = MetricName.labelled("disk_used_bytes", "mount", each);
            assertEquals(name, MetricName.check(name));
            assertEquals("disk_used_bytes", MetricName.bare(name));
        }
    }

    @Test
    void isBare_withLabel_isNot() {
        assertTrue(MetricName.isBare("a"));
        assertFalse(MetricName.isBare("a{b=\"c\"}"));
        assertFalse(MetricName.isBare("a".repeat(101)));
    }
}
