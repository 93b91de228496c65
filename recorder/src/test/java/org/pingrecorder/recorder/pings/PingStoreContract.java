package org.pingrecorder.recorder.pings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.pings.PingStore.Filter;
import org.pingrecorder.recorder.pings.PingStore.StoredPing;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.RecordedPing;

/** What every {@link PingStore} does. Each test has clients of its own. */
abstract class PingStoreContract {

    static final Instant START = Instant.parse("2024-06-01T00:00:00Z");
    private static final Window ALWAYS =
            new Window(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"));
    private static final List<String> ADDRESSES =
            List.of("192.0.2.1", "2001:db8::7", "fe80::1%eth0", "router.example", "192.0.2.10");

    private static final List<@Nullable Family> FAMILIES =
            Arrays.asList(null, Family.IPV4, Family.IPV6);

    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private final String client = "c-" + UUID.randomUUID();

    abstract PingStore store();

    /** Takes an ip off the list, as DELETE /ips/{id} does. */
    abstract void unlist(String client);

    abstract boolean isListed(String client, String ip);

    final Ping ping(String ip, Instant at, Outcome outcome, @Nullable Integer micros) {
        return new Ping(client, Address.parse(ip), null, null, at, outcome, micros, "127.0.0.1");
    }

    private Ping reply(String ip, long secondsAfterStart) {
        return ping(ip, START.plusSeconds(secondsAfterStart), Outcome.REPLY, 1_000);
    }

    private Filter mine() {
        return new Filter(ALWAYS, List.of(), List.of(), List.of(client));
    }

    private List<StoredPing> find(Filter filter, Optional<Position> after, OptionalInt limit)
            throws SQLException {
        List<StoredPing> found = new ArrayList<>();
        try (Rows<StoredPing> rows = store().find(filter, after, limit)) {
            for (StoredPing row = rows.next(); row != null; row = rows.next()) {
                found.add(row);
            }
        }
        return found;
    }

    private List<RecordedPing> found(Filter filter) throws SQLException {
        return find(filter, Optional.empty(), OptionalInt.empty()).stream()
                .map(StoredPing::ping)
                .toList();
    }

    private static RecordedPing recorded(Ping ping) {
        Integer micros = ping.latencyMicros();
        return new RecordedPing(
                ping.client(),
                ping.address().text(),
                ping.family(),
                ping.name(),
                ping.at(),
                ping.outcome().text(),
                micros == null ? null : micros / 1_000.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void store_ofAnything_givesItBackAsItWentIn(long seed) throws SQLException {
        Random random = new Random(seed);
        List<Ping> pings = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String who = client + random.nextInt(10);
            String ip = ADDRESSES.get(random.nextInt(ADDRESSES.size()));
            Outcome outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
            // Few enough times that many pings share theirs.
            Instant at = START.plus(random.nextInt(50), ChronoUnit.MICROS);
            Integer micros = outcome.hasLatency() ? random.nextInt(600_000_001) : null;
            String name = "Straße 💥 \u202e'\";-- " + who + ip;
            Address address = Address.parse(ip);
            Family family =
                    address.kind() == Address.Kind.NAME
                            ? FAMILIES.get(random.nextInt(FAMILIES.size()))
                            : null;
            pings.add(new Ping(who, address, family, name, at, outcome, micros, "::1"));
        }
        for (int i = 0; i < pings.size(); i += 60) {
            store().store(pings.subList(i, i + 60));
        }
        List<String> clients = IntStream.range(0, 10).mapToObj(i -> client + i).toList();
        List<RecordedPing> found =
                new ArrayList<>(found(new Filter(ALWAYS, List.of(), List.of(), clients)));
        List<RecordedPing> expected =
                new ArrayList<>(pings.stream().map(p -> recorded(p)).toList());
        Comparator<RecordedPing> anyOrder = Comparator.comparing(RecordedPing::toString);
        Collections.sort(found, anyOrder);
        Collections.sort(expected, anyOrder);
        assertEquals(expected, found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:00.000001Z",
                "2024-02-29T23:59:59.999999Z",
                "2038-01-19T03:14:08.123457Z",
                "2200-12-31T23:59:59.999999Z",
            })
    void store_keepsTheMicrosecond(String at) throws SQLException {
        store().store(List.of(ping("192.0.2.1", Instant.parse(at), Outcome.REPLY, 0)));
        RecordedPing found = found(mine()).get(0);
        assertEquals(Instant.parse(at), found.at());
        assertEquals(0.0, found.latencyMs());
    }

    @Test
    void store_ofOneTimeTwice_keepsBoth() throws SQLException {
        Ping ping = reply("192.0.2.1", 0);
        store().store(List.of(ping, ping));
        store().store(List.of(ping));
        assertEquals(Collections.nCopies(3, recorded(ping)), found(mine()));
    }

    @Test
    void find_isByIpInTheOrderOfRegistrationThenByTime() throws SQLException {
        store().store(List.of(reply("192.0.2.9", 3)));
        store().store(List.of(reply("192.0.2.1", 2), reply("192.0.2.9", 1), reply("192.0.2.1", 1)));
        List<String> found =
                found(mine()).stream()
                        .map(
                                p ->
                                        p.ip()
                                                + " "
                                                + p.at().minusSeconds(START.getEpochSecond())
                                                        .getEpochSecond())
                        .toList();
        assertEquals(List.of("192.0.2.9 1", "192.0.2.9 3", "192.0.2.1 1", "192.0.2.1 2"), found);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 40, 41})
    void find_pageByPage_losesAndDoublesNothing(int pageSize) throws SQLException {
        Random random = new Random(pageSize);
        List<Ping> pings = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            pings.add(reply(ADDRESSES.get(random.nextInt(3)), random.nextInt(4)));
        }
        store().store(pings);
        List<StoredPing> paged = new ArrayList<>();
        Optional<Position> after = Optional.empty();
        List<StoredPing> page = find(mine(), after, OptionalInt.of(pageSize));
        while (!page.isEmpty()) {
            paged.addAll(page);
            assertTrue(paged.size() <= pings.size(), "the pages have no end");
            after = Optional.of(Position.ofCursor(page.getLast().position().cursor()));
            page = find(mine(), after, OptionalInt.of(pageSize));
        }
        assertEquals(find(mine(), Optional.empty(), OptionalInt.empty()), paged);
        assertEquals(40, new HashSet<>(paged.stream().map(StoredPing::position).toList()).size());
    }

    @Test
    void window_startsInclusiveAndEndsExclusive() throws SQLException {
        store().store(List.of(reply("192.0.2.1", 0), reply("192.0.2.1", 1), reply("192.0.2.1", 2)));
        Window window = new Window(START.plusSeconds(1), START.plusSeconds(2));
        List<RecordedPing> found = found(new Filter(window, List.of(), List.of(), List.of(client)));
        assertEquals(List.of(START.plusSeconds(1)), found.stream().map(RecordedPing::at).toList());
        Window empty = new Window(START, START);
        assertEquals(List.of(), found(new Filter(empty, List.of(), List.of(), List.of(client))));
    }

    @Test
    void newest_isNewestFirst() throws SQLException {
        store().store(List.of(reply("192.0.2.1", 1), reply("192.0.2.2", 3), reply("192.0.2.1", 2)));
        List<RecordedPing> newest = store().newest(mine(), 2);
        assertEquals(
                List.of(START.plusSeconds(3), START.plusSeconds(2)),
                newest.stream().map(RecordedPing::at).toList());
    }

    @Test
    void store_thatFails_storesNone() throws SQLException {
        Ping impossible = ping("192.0.2.2", START, Outcome.REPLY, -1);
        assertThrows(
                SQLException.class,
                () -> store().store(List.of(reply("192.0.2.1", 0), impossible)));
        assertEquals(List.of(), found(mine()));
        assertTrue(!isListed(client, "192.0.2.1"));
    }

    private Ping half(@Nullable Family family, Outcome outcome) {
        Address name = Address.parse("router.example");
        Integer micros = outcome.hasLatency() ? 1_000 : null;
        return new Ping(client, name, family, "R" + family, START, outcome, micros, "127.0.0.1");
    }

    @Test
    void store_ofBothHalvesOfAName_keepsThreeIpsApart() throws SQLException {
        List<Ping> pings =
                List.of(
                        half(Family.IPV6, Outcome.RESOLVE_ERROR),
                        half(null, Outcome.REPLY),
                        half(Family.IPV4, Outcome.TIMEOUT),
                        half(Family.IPV6, Outcome.LATE));
        store().store(pings);

        List<StoredPing> found = find(mine(), Optional.empty(), OptionalInt.empty());
        assertEquals(3, found.stream().map(p -> p.position().ipId()).distinct().count());
        assertEquals(
                new HashSet<>(pings.stream().map(p -> recorded(p)).toList()),
                new HashSet<>(found.stream().map(StoredPing::ping).toList()));
    }

    @Test
    void families_chooseHalvesOfNames() throws SQLException {
        store().store(
                        List.of(
                                half(Family.IPV6, Outcome.LATE),
                                half(null, Outcome.REPLY),
                                half(Family.IPV4, Outcome.TIMEOUT)));
        List<RecordedPing> six =
                found(new Filter(ALWAYS, List.of(), List.of(Family.IPV6), List.of(client)));
        assertEquals(List.of("late"), six.stream().map(RecordedPing::outcome).toList());
        Filter both =
                new Filter(ALWAYS, List.of(), List.of(Family.IPV6, Family.IPV4), List.of(client));
        assertEquals(2, found(both).size());
        assertEquals(2, store().newest(both, 9).size());
    }

    @Test
    void store_toAnUnlistedIp_listsItAgainWithItsHistory() throws SQLException {
        store().store(List.of(reply("192.0.2.1", 0)));
        unlist(client);
        assertTrue(!isListed(client, "192.0.2.1"));
        store().store(List.of(reply("192.0.2.1", 1)));
        assertTrue(isListed(client, "192.0.2.1"));
        assertEquals(2, found(mine()).size());
    }

    @Test
    void store_ofAName_fillsAnEmptyOneAndReplacesNone() throws SQLException {
        for (String name : new String[] {null, "first", null, "second"}) {
            Ping ping = reply("192.0.2.1", 0);
            store().store(
                            List.of(
                                    new Ping(
                                            ping.client(),
                                            ping.address(),
                                            null,
                                            name,
                                            ping.at(),
                                            ping.outcome(),
                                            ping.latencyMicros(),
                                            ping.sender())));
        }
        List<@Nullable String> names = new ArrayList<>();
        found(mine()).forEach(ping -> names.add(ping.name()));
        assertEquals(List.of("first", "first", "first", "first"), names);
    }
}
