package org.pingrecorder.recorder.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AudienceTest {

    private static final List<String> NAMES = List.of("a", "b", "c");

    @Test
    void choose_findsWhatEachFilterMatches() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<Listener> listeners = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                LiveFilter filter = new LiveFilter(some(random), some(random), some(random));
                listeners.add(new Listener(filter, new Buffered(), 0));
            }
            String client = NAMES.get(random.nextInt(3));
            List<LiveIp> ips = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String ip = NAMES.get(random.nextInt(3));
                ips.add(LiveIp.of(i, client, ip, null, null, some(random)));
            }
            Map<Audience.Group, BitSet> chosen = new Audience(listeners).choose(ips);
            for (Listener listener : listeners) {
                BitSet expected = new BitSet();
                for (int i = 0; i < ips.size(); i++) {
                    expected.set(i, listener.filter().matches(ips.get(i)));
                }
                BitSet found =
                        chosen.entrySet().stream()
                                .filter(entry -> entry.getKey().listeners().contains(listener))
                                .map(Map.Entry::getValue)
                                .findFirst()
                                .orElse(new BitSet());
                assertEquals(expected, found, () -> listener.filter() + " of " + ips);
            }
        }
    }

    private static Set<String> some(Random random) {
        int count = random.nextInt(3);
        List<String> names = new ArrayList<>(NAMES);
        while (names.size() > count) {
            names.remove(random.nextInt(names.size()));
        }
        return Set.copyOf(names);
    }

    @Test
    void offer_ofAClient_reachesThoseWithoutIps() {
        Listener all = listener(Set.of(), Set.of(), Set.of());
        Listener client = listener(Set.of("a"), Set.of(), Set.of());
        Listener other = listener(Set.of("b"), Set.of(), Set.of());
        Listener ip = listener(Set.of(), Set.of("192.0.2.1"), Set.of());
        Listener tag = listener(Set.of(), Set.of(), Set.of("dc"));
        List<Listener> listeners = List.of(all, client, other, ip, tag);
        new Audience(listeners).offer("a", List.of("dc"), EventJson.heartbeat(0));
        assertEquals(
                List.of(true, true, false, false, true),
                listeners.stream().map(Listener::hasSome).toList());
    }

    private static Listener listener(Set<String> clients, Set<String> ips, Set<String> tags) {
        return new Listener(new LiveFilter(clients, ips, tags), new Buffered(), 0);
    }
}
