package org.pingrecorder.agent.cutoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.icmp.EchoTarget;

class GatewayTest {

    private static final String HEAD =
            "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";
    private static final String ZERO = "00000000000000000000000000000000";

    @TempDir Path folder = Path.of("");

    private void ipv4(String... routes) throws IOException {
        Files.writeString(folder.resolve("route"), HEAD + String.join("\n", routes) + "\n");
    }

    private void ipv6(String... routes) throws IOException {
        Files.writeString(folder.resolve("ipv6_route"), String.join("\n", routes) + "\n");
    }

    private String found() {
        return new Gateway(folder).find().map(EchoTarget::toString).orElse("none");
    }

    @Test
    void find_ofSeveralDefaultRoutes_isTheOneWithTheLeastMetric() throws Exception {
        ipv4(
                "eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
                "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0",
                "eth0\t00000000\tFE01A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0",
                "eth1\t00000000\t0301A8C0\t0002\t0\t0\t1\t00000000\t0\t0\t0");
        assertEquals("192.168.1.254", found());
    }

    @Test
    void find_changedRoute_isTheNewOne() throws Exception {
        Gateway gateway = new Gateway(folder);
        assertTrue(gateway.find().isEmpty());
        ipv4("eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0");
        assertEquals("192.168.1.1", gateway.find().orElseThrow().toString());
        ipv4("eth0\t00000000\t0201A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0");
        assertEquals("192.168.1.2", gateway.find().orElseThrow().toString());
    }

    @Test
    void find_onlyIpv6_isItsGateway() throws Exception {
        ipv4();
        ipv6(
                ZERO + " 00 " + ZERO + " 00 " + ZERO + " ffffffff 00000001 00000000 00200200 lo",
                ZERO
                        + " 00 "
                        + ZERO
                        + " 00 20010db8000000000000000000000001 00000400 00000001 00000000"
                        + " 00000003     lo",
                "fe800000000000000000000000000000 40 "
                        + ZERO
                        + " 00 "
                        + ZERO
                        + " 00000100 00000001 00000000 00000001     lo");
        assertEquals("2001:db8::1", found());
    }

    @Test
    void find_linkLocalGateway_isOnItsInterface() throws Exception {
        ipv6(
                ZERO
                        + " 00 "
                        + ZERO
                        + " 00 fe800000000000000000000000000001 00000400 00000001 00000000"
                        + " 00000003     lo");
        assertEquals("fe80::1%1", found());
    }

    @Test
    void find_routeOntoATunnel_isNone() throws Exception {
        ipv4("tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0");
        assertEquals("none", found());
    }

    @Test
    void find_nonsense_isNone() throws Exception {
        ipv4("eth0\t00000000\tXX\t0003\t0\t0\t0\t00000000", "", "eth0");
        ipv6("x", ZERO + " 00 " + ZERO + " 00 12 1 1 1 3 lo");
        assertEquals("none", found());
    }

    @Test
    void isKnownOn_linuxOnly() {
        assertTrue(Gateway.isKnownOn("Linux"));
        assertFalse(Gateway.isKnownOn("Mac OS X"));
        assertFalse(Gateway.isKnownOn("Windows 11"));
    }
}
