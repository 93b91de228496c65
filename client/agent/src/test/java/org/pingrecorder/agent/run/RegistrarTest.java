package org.pingrecorder.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Ip;
import org.pingrecorder.wire.NewIp;
import org.pingrecorder.wire.Source;

class RegistrarTest {

    private static Ip there(String client, String ip) {
        return new Ip(1, ip, null, client, null, Source.CLIENT, Instant.EPOCH);
    }

    private static PingedIp pinged(String ip) {
        Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);
        return new PingedIp(Address.parse(ip), null, null, pace);
    }

    @Test
    void changes_otherClientsIps_areNotOurs() {
        List<NewIp> changes =
                Registrar.changes(
                        "c",
                        List.of(
                                there("c", "192.0.2.1"),
                                there("c", "192.0.2.2"),
                                there("d", "192.0.2.2"),
                                there("d", "192.0.2.3"),
                                there("d", "192.0.2.4")),
                        List.of(pinged("192.0.2.1"), pinged("192.0.2.3")),
                        List.of());

        assertEquals(
                List.of(
                        new NewIp("192.0.2.3", null, "c", null, Source.CLIENT),
                        new NewIp("192.0.2.2", null, "c", null, Source.POST)),
                changes);
    }

    @Test
    void changes_plannedIps_areRegisteredButNotAsTheClientsOwn() {
        List<NewIp> changes =
                Registrar.changes(
                        "c",
                        List.of(
                                there("c", "192.0.2.1"),
                                there("c", "192.0.2.2"),
                                new Ip(1, "192.0.2.3", null, "c", "n", Source.PLAN, Instant.EPOCH),
                                new Ip(1, "192.0.2.4", null, "c", "n", Source.PLAN, Instant.EPOCH)),
                        List.of(pinged("192.0.2.1"), pinged("192.0.2.4")),
                        List.of(pinged("192.0.2.2"), pinged("192.0.2.3"), pinged("192.0.2.5")));

        assertEquals(
                List.of(
                        new NewIp("192.0.2.4", null, "c", null, Source.CLIENT),
                        new NewIp("192.0.2.2", null, "c", null, Source.POST),
                        new NewIp("192.0.2.5", null, "c", null, null)),
                changes);
    }

    private static Ip half(String ip, @Nullable Family family) {
        return new Ip(1, ip, family, "c", null, Source.CLIENT, Instant.EPOCH);
    }

    @Test
    void changes_halvesOfAName_areIpsOfTheirOwn() {
        Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);
        Address name = Address.parse("a.example");

        List<NewIp> changes =
                Registrar.changes(
                        "c",
                        List.of(half("a.example", null), half("a.example", Family.IPV6)),
                        List.of(
                                new PingedIp(name, Family.IPV4, null, pace),
                                new PingedIp(name, Family.IPV6, null, pace)),
                        List.of());

        assertEquals(
                List.of(
                        new NewIp("a.example", Family.IPV4, "c", null, Source.CLIENT),
                        new NewIp("a.example", null, "c", null, Source.POST)),
                changes);
    }
}
