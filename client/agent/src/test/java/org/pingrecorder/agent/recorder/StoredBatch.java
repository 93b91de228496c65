package org.pingrecorder.agent.recorder;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.NewPing;

/**
 * A batch as it arrived.
 *
 * @param json all of it
 */
public record StoredBatch(Map<String, Object> json) {

    public String spool() {
        return String.valueOf(json.get("spool"));
    }

    public long number() {
        return ((Number) get(json, "batch")).longValue();
    }

    public List<Map<String, Object>> series() {
        return objects("series");
    }

    public List<Map<String, Object>> gaps() {
        return objects("gaps");
    }

    public List<Map<String, Object>> running() {
        return objects("running");
    }

    public List<Map<String, Object>> metrics() {
        return objects("metrics");
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> clock() {
        return (Map<String, Object>) get(json, "clock");
    }

    /** A number of its clock, which must be there. */
    public long clockMicros(String field) {
        return ((Number) get(clock(), field)).longValue();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> objects(String field) {
        return (List<Map<String, Object>>) json.getOrDefault(field, List.of());
    }

    private static Object get(Map<String, Object> of, String field) {
        Object value = of.get(field);
        if (value == null) {
            throw new AssertionError(field + " is absent in " + of);
        }
        return value;
    }

    /** Its pings, one by one. */
    public List<NewPing> pings() {
        List<NewPing> pings = new ArrayList<>();
        for (Map<String, Object> s : series()) {
            List<?> latencies = (List<?>) get(s, "latency_ms");
            for (int i = 0; i < latencies.size(); i++) {
                pings.add(ping(s, i, (Number) latencies.get(i)));
            }
        }
        return pings;
    }

    private static NewPing ping(Map<String, Object> s, int index, @Nullable Number latency) {
        Number interval = (Number) s.getOrDefault("interval_ms", 0);
        Instant at =
                Instant.parse(String.valueOf(s.get("start")))
                        .plus(
                                Math.round(index * interval.doubleValue() * 1_000),
                                ChronoUnit.MICROS);
        Map<?, ?> outcomes = (Map<?, ?>) s.getOrDefault("outcomes", Map.of());
        Map<?, ?> outcome = (Map<?, ?>) outcomes.get(String.valueOf(index));
        String usual = latency == null ? "timeout" : "reply";
        Object family = s.get("family");
        return new NewPing(
                String.valueOf(s.get("ip")),
                family == null ? null : Family.parse(family.toString()),
                latency == null ? null : latency.doubleValue(),
                (String) s.get("name"),
                at.toString(),
                outcome == null ? usual : String.valueOf(outcome.get("outcome")));
    }
}
