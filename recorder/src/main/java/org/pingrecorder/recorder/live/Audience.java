package org.pingrecorder.recorder.live;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who listens, by what each wants: listeners of one filter are a group, and groups are found by the
 * ips or tags that they name, so that hundreds of filters cost little for each ping. Immutable.
 */
final class Audience {

    static final Audience NONE = new Audience(List.of());

    private final List<Listener> listeners;

    /** Groups that name neither ips nor tags. */
    private final List<Group> ofClients = new ArrayList<>();

    private final Map<String, List<Group>> byIp = new HashMap<>();

    /** Groups that name tags and no ips. */
    private final Map<String, List<Group>> byTag = new HashMap<>();

    private final Collection<Group> groups;

    /** Listeners of one filter. */
    record Group(LiveFilter filter, List<Listener> listeners) {

        void offer(Event event) {
            listeners.forEach(listener -> listener.offer(event));
        }
    }

    Audience(Collection<Listener> all) {
        listeners = List.copyOf(all);
        Map<LiveFilter, Group> byFilter = new LinkedHashMap<>();
        for (Listener listener : all) {
            byFilter.computeIfAbsent(
                            listener.filter(), filter -> new Group(filter, new ArrayList<>()))
                    .listeners()
                    .add(listener);
        }
        groups = byFilter.values();
        for (Group group : groups) {
            LiveFilter filter = group.filter();
            if (!filter.ips().isEmpty()) {
                filter.ips().forEach(ip -> add(byIp, ip, group));
            } else if (!filter.tags().isEmpty()) {
                filter.tags().forEach(tag -> add(byTag, tag, group));
            } else {
                ofClients.add(group);
            }
        }
    }

    private static void add(Map<String, List<Group>> index, String key, Group group) {
        index.computeIfAbsent(key, k -> new ArrayList<>()).add(group);
    }

    List<Listener> listeners() {
        return listeners;
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    /**
     * Who wants which of some ips of one client.
     *
     * @return for each group that wants any, the indices of those
     */
    Map<Group, BitSet> choose(List<LiveIp> ips) {
        Map<Group, BitSet> chosen = new LinkedHashMap<>();
        for (Group group : ofClients) {
            if (!ips.isEmpty() && group.filter().matches(ips.getFirst())) {
                BitSet all = new BitSet(ips.size());
                all.set(0, ips.size());
                chosen.put(group, all);
            }
        }
        for (int i = 0; i < ips.size(); i++) {
            LiveIp ip = ips.get(i);
            choose(byIp.getOrDefault(ip.ip(), List.of()), ip, i, chosen);
            if (!byTag.isEmpty()) {
                for (String tag : ip.tags()) {
                    choose(byTag.getOrDefault(tag, List.of()), ip, i, chosen);
                }
            }
        }
        return chosen;
    }

    private static void choose(
            List<Group> candidates, LiveIp ip, int index, Map<Group, BitSet> chosen) {
        for (Group group : candidates) {
            if (group.filter().matches(ip)) {
                chosen.computeIfAbsent(group, g -> new BitSet()).set(index);
            }
        }
    }

    /** Tells everyone who wants to know of an ip. */
    void offer(LiveIp ip, Event event) {
        choose(List.of(ip)).keySet().forEach(group -> group.offer(event));
    }

    /** Tells everyone who wants to know of a client. */
    void offer(String client, Collection<String> tags, Event event) {
        for (Group group : groups) {
            if (group.filter().matches(client, tags)) {
                group.offer(event);
            }
        }
    }

    /** Tells everyone. */
    void offer(Event event) {
        listeners.forEach(listener -> listener.offer(event));
    }
}
