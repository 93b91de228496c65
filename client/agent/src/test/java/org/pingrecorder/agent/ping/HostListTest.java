package org.pingrecorder.agent.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.oneoff.PingHost;
import org.pingrecorder.wire.Families;

class HostListTest {

    private final List<String> problems = new ArrayList<>();

    private List<String> labels(HostList list) {
        return list.hosts().stream().map(PingHost::label).toList();
    }

    @Test
    void file_namesAreKeptAndHostsAreThereOnce() {
        HostList list = new HostList(Families.ANY, problems);
        list.arguments(List.of("192.0.2.1"));
        list.file("hosts", "192.0.2.1 again\n192.0.2.2 the printer # old\nA.example.\n");

        assertEquals(List.of("192.0.2.1", "192.0.2.2", "a.example"), labels(list));
        assertEquals("the printer", list.hosts().get(1).name());
        assertEquals(List.of(), problems);
    }

    @Test
    void file_badLines_areAllTold() {
        HostList list = new HostList(Families.ANY, problems);
        list.file("hosts", "1.2.3\n\nx..y\n" + "256.1.1.1\n".repeat(60));

        assertEquals(51, problems.size());
        assertEquals(
                List.of("hosts, line 1: '1.2.3' is", "hosts, line 3: 'x..y' is n"),
                List.of(problems.get(0).substring(0, 25), problems.get(1).substring(0, 26)));
        assertEquals("hosts: 12 more lines that cannot be read", problems.getLast());
    }

    @Test
    void arguments_network_saysHowToWriteIt() {
        new HostList(Families.ANY, problems).arguments(List.of("192.0.2.0/24"));

        assertEquals(
                List.of("'192.0.2.0/24' is not one host: for a network write -g 192.0.2.0/24"),
                problems);
    }

    @Test
    void oneFamily_addressOfTheOther_isRefused() {
        HostList list = new HostList(Families.IPV6, problems);
        list.arguments(List.of("192.0.2.1", "2001:db8::1", "a.example"));
        list.ranges(List.of("192.0.2.0/30"));
        list.file("hosts", "192.0.2.9\n");

        assertEquals(List.of("2001:db8::1", "a.example"), labels(list));
        assertEquals(
                List.of(
                        "'192.0.2.1' is no IPv6 address, and only those are to be pinged",
                        "--generate: '192.0.2.1' is no IPv6 address, and only those are to be"
                                + " pinged",
                        "hosts: '192.0.2.9' is no IPv6 address, and only those are to be pinged"),
                problems);
    }

    @Test
    void both_nameIsAPair() {
        HostList list = new HostList(Families.BOTH, problems);
        list.arguments(List.of("192.0.2.1", "a.example"));

        assertEquals(List.of("192.0.2.1", "a.example (IPv4)", "a.example (IPv6)"), labels(list));
    }
}
