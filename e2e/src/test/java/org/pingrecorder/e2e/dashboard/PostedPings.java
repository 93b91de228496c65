package org.pingrecorder.e2e.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.pingrecorder.e2e.Rest;

/**
 * Pings of one client at one ip, a second apart, posted as its batches. A letter is a ping: {@code
 * r}eply, {@code t}imeout, {@code u}nreachable, {@code l}ate, {@code m}issed, {@code c}ut off; a
 * space is none.
 */
final class PostedPings {

    private static final double LATENCY_MS = 20;

    private final Rest rest;
    private final String client;
    private final String ip;
    private final Instant start;
    private final List<String> gaps = new ArrayList<>();
    private int batch;
    private int next;

    PostedPings(Rest rest, String client, String ip, Instant start) {
        this.rest = rest;
        this.client = client;
        this.ip = ip;
        this.start = start;
    }

    /** When the ping of a number was planned. */
    Instant at(int number) {
        return start.plusSeconds(number);
    }

    /** Says why the next pings are not there. */
    PostedPings gap(int pings, String reason) {
        gaps.add(
                "{\"ip\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"reason\":\"%s\"}"
                        .formatted(ip, at(next), at(next + pings), reason));
        next += pings;
        return this;
    }

    /** Leaves out what is not delivered. */
    PostedPings skip(int pings) {
        next += pings;
        return this;
    }

    /** Posts the next pings, and the gaps before them. */
    PostedPings post(String letters) throws Exception {
        List<String> latencies = new ArrayList<>();
        StringJoiner outcomes = new StringJoiner(",", "{", "}");
        StringJoiner cutOff = new StringJoiner(",", "[", "]");
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            latencies.add(latency(letter, next + i));
            String outcome = outcome(letter);
            if (!outcome.isEmpty()) {
                outcomes.add("\"" + i + "\":" + outcome);
            }
            if (letter == 'c') {
                cutOff.add("[" + i + "," + (i + 1) + "]");
            }
        }
        batch++;
        String body =
                """
                {"spool":"%s","batch":%d,"gaps":[%s],
                 "running":[{"ip":"%s","from":"%s","interval_ms":1000}],
                 "series":[{"ip":"%s","start":"%s","interval_ms":1000,"latency_ms":[%s],
                   "outcomes":%s,"cut_off":%s}]}
                """
                        .formatted(
                                client + ip + start.getEpochSecond(),
                                batch,
                                String.join(",", gaps),
                                ip,
                                start,
                                ip,
                                at(next),
                                String.join(",", latencies),
                                outcomes,
                                cutOff);
        HttpResponse<String> answer = rest.post("/record-pings/" + client, body);
        assertEquals(200, answer.statusCode(), answer.body());
        next += letters.length();
        gaps.clear();
        return this;
    }

    private static String latency(char letter, int number) {
        return switch (letter) {
            case 'r' -> Double.toString(LATENCY_MS + number % 10);
            case 'l' -> "2345.678";
            default -> "null";
        };
    }

    private static String outcome(char letter) {
        return switch (letter) {
            case 'l' -> "{\"outcome\":\"late\"}";
            case 'm' -> "{\"outcome\":\"missed\",\"cause\":\"receive_overflow\"}";
            case 'u' ->
                    "{\"outcome\":\"unreachable\",\"type\":3,\"code\":1,\"from\":\"192.0.2.254\"}";
            default -> "";
        };
    }
}
