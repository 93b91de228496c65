package org.pingrecorder.recorder.live;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.intake.StoredUpload;
import org.pingrecorder.recorder.outages.IpState;
import org.pingrecorder.recorder.outages.State;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.UploadPayload;

/**
 * Makes events of what was stored: each upload is decoded once, each ip's pings are written once,
 * and listeners who want the same of it share the event. For one time of listening; not
 * thread-safe.
 */
final class Teller {

    private final LiveStore store;
    private final InstantSource clock;
    private final Map<Long, Standing> standings = new HashMap<>();
    private final Map<Long, LiveIp> ips = new HashMap<>();

    /** Since when clients ping nothing, by a plan. */
    private final Map<String, Long> paused = new HashMap<>();

    private final PingJson json = new PingJson();
    private final Samples skipped = new Samples();
    private long lastId;

    Teller(LiveStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Takes where an ip stood when its pings were packed last. */
    void begin(long ipId, IpState state) {
        standings.put(ipId, new Standing(state));
    }

    /** Takes pings that were stored before anybody listened. */
    void skip(StoredUpload upload) {
        UploadPayload.read(
                upload.payload(),
                ipId -> true,
                (ipId, bytes, start, length) -> {
                    skipped.clear();
                    SampleCodec.decode(bytes, start, length, skipped);
                    standings
                            .computeIfAbsent(ipId, id -> new Standing(new IpState()))
                            .add(skipped.sorted());
                });
    }

    /** Takes the states that all ips have now as told. */
    void begun() {
        long now = nowMicros();
        standings.values().forEach(standing -> standing.changes(now));
    }

    /** Tells of pings, and of states that they change. */
    void tell(StoredUpload upload, Audience audience) {
        Map<Long, Samples> arrived = decode(upload);
        find(arrived.keySet());
        List<LiveIp> known = new ArrayList<>(arrived.size());
        List<Samples> samples = new ArrayList<>(arrived.size());
        arrived.forEach(
                (id, pings) -> {
                    LiveIp ip = ips.get(id);
                    if (ip != null) {
                        known.add(ip);
                        samples.add(pings);
                    }
                });
        stand(upload.client(), known); // what may fail comes before anything is told
        tellPings(known, samples, audience);
        tellStates(known, samples, audience);
    }

    private static Map<Long, Samples> decode(StoredUpload upload) {
        Map<Long, Samples> arrived = new LinkedHashMap<>();
        UploadPayload.read(
                upload.payload(),
                ipId -> true,
                (ipId, bytes, start, length) ->
                        SampleCodec.decode(
                                bytes,
                                start,
                                length,
                                arrived.computeIfAbsent(ipId, id -> new Samples())));
        return arrived;
    }

    private void find(Collection<Long> ids) {
        List<Long> unknown = ids.stream().filter(id -> !ips.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            ips.putAll(store.ips(unknown));
        }
    }

    private void tellPings(List<LiveIp> known, List<Samples> samples, Audience audience) {
        List<@Nullable List<PingJson.Piece>> pieces =
                new ArrayList<>(Collections.nCopies(known.size(), null));
        Map<BitSet, List<Event>> made = new HashMap<>();
        audience.choose(known)
                .forEach(
                        (group, chosen) -> {
                            List<Event> events = made.get(chosen);
                            if (events == null) {
                                events = new ArrayList<>();
                                PingEvents making = new PingEvents(this::nextId, events);
                                for (int i = chosen.nextSetBit(0);
                                        i >= 0;
                                        i = chosen.nextSetBit(i + 1)) {
                                    List<PingJson.Piece> ofIp = pieces.get(i);
                                    if (ofIp == null) {
                                        ofIp = json.pieces(known.get(i), samples.get(i));
                                        pieces.set(i, ofIp);
                                    }
                                    ofIp.forEach(making::add);
                                }
                                making.end();
                                made.put(chosen, events);
                            }
                            events.forEach(group::offer);
                        });
    }

    private void tellStates(List<LiveIp> known, List<Samples> samples, Audience audience) {
        long now = nowMicros();
        for (int i = 0; i < known.size(); i++) {
            Standing standing = standings.get(known.get(i).id());
            if (standing != null) {
                standing.add(samples.get(i).sorted());
                if (standing.changes(now)) {
                    audience.offer(known.get(i), event(known.get(i), standing));
                }
            }
        }
    }

    /** Looks where ips of a client stand that nobody looked at yet. */
    private void stand(String client, List<LiveIp> all) {
        List<Long> unknown =
                all.stream().map(LiveIp::id).filter(id -> !standings.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            Map<Long, IpState> states = store.states(client, unknown);
            for (Long id : unknown) {
                Standing standing = new Standing(states.getOrDefault(id, new IpState()));
                standing.setPaused(paused.get(client));
                standings.put(id, standing);
            }
        }
    }

    /**
     * Takes that a client pings nothing, by a plan, or that it pings again.
     *
     * @param since null where it pings
     * @return its ips
     */
    List<LiveIp> pause(String client, @Nullable Instant since) {
        Long sinceMicros = since == null ? null : Long.valueOf(Hours.micros(since));
        if (sinceMicros == null) {
            paused.remove(client);
        } else {
            paused.put(client, sinceMicros);
        }
        List<LiveIp> all = store.ipsOf(client);
        stand(client, all);
        for (LiveIp ip : all) {
            ips.put(ip.id(), ip);
            Standing standing = standings.get(ip.id());
            if (standing != null) {
                standing.setPaused(sinceMicros);
            }
        }
        return all;
    }

    /** Takes the same, and tells what its ips are now. */
    void tellPaused(String client, @Nullable Instant since, Audience audience) {
        long now = nowMicros();
        for (LiveIp ip : pause(client, since)) {
            Standing standing = standings.get(ip.id());
            if (standing != null && standing.changes(now)) {
                audience.offer(ip, event(ip, standing));
            }
        }
    }

    private Event event(LiveIp ip, Standing standing) {
        return EventJson.state(
                nextId(),
                ip,
                standing.told(),
                standing.toldSinceMicros(),
                standing.told() == State.DOWN ? standing.state().lostCause() : null);
    }

    /** Tells of ips that nothing was heard of for too long. */
    void tellSilence(Audience audience) {
        long now = nowMicros();
        Map<Long, Standing> silent = new LinkedHashMap<>();
        standings.forEach(
                (id, standing) -> {
                    if (standing.isSilent(now)) {
                        silent.put(id, standing);
                    }
                });
        if (silent.isEmpty()) {
            return;
        }
        find(silent.keySet());
        silent.forEach(
                (id, standing) -> {
                    LiveIp ip = ips.get(id);
                    if (standing.changes(now) && ip != null) {
                        audience.offer(ip, event(ip, standing));
                    }
                });
    }

    /** Has names and tags read anew: they may have changed. */
    void forgetIps() {
        ips.clear();
    }

    /** Its time, in microseconds: who comes back tells since when it missed what was told. */
    long nextId() {
        lastId = Math.max(lastId + 1, nowMicros());
        return lastId;
    }

    private long nowMicros() {
        return Hours.micros(clock.instant());
    }
}
