package org.pingrecorder.icmp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    @Test
    void of_ordinaryUser_listsGroupsAscending() {
        Permissions permissions =
                Permissions.of(
                        "1\t0",
                        List.of(
                                "Gid:\t1000\t1000\t1000\t1000",
                                "Groups:\t27 4 1000 ",
                                "CapEff:\t0000000000000000"));

        assertEquals(new Permissions("1 0", "4 27 1000", false), permissions);
        assertEquals(
                "net.ipv4.ping_group_range is \"1 0\", the process's groups are 4 27 1000,"
                        + " CAP_NET_RAW is not held.",
                permissions.describe());
    }

    @Test
    void of_capability_isReadFromItsBit() {
        assertTrue(Permissions.of("", List.of("CapEff: 0000000000002000")).netRaw());
        assertFalse(Permissions.of("", List.of("CapEff: ffffffffffffdfff")).netRaw());
    }

    @Test
    void of_nothingReadable_saysUnknown() {
        assertEquals(
                new Permissions("unknown", "unknown", false), Permissions.of("unknown", List.of()));
    }
}
