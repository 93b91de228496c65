package org.pingrecorder.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is sent, the recorder answers it, blames the caller in words, and stays well. */
class FuzzIT {

    private static final int REQUESTS = 4_000;
    private static final long LIMIT_NANOS = 20_000_000_000L;
    private static final int SHOWN_CHARS = 600;

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    @Test
    void anyRequest_isAnsweredAndNeverAFaultOfOurs() {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println("Fuzzing with -Dfuzz.seed=" + seed);
        FuzzRequests requests = new FuzzRequests(new Random(seed), RECORDER.authority());
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        List<String> defects = new ArrayList<>();
        long end = System.nanoTime() + LIMIT_NANOS;
        for (int i = 0; i < REQUESTS && System.nanoTime() < end; i++) {
            byte[] request = requests.next();
            try {
                Answer answer = RawHttp.exchange(RECORDER.uri(), request);
                statuses.merge(answer.status(), 1, Integer::sum);
                if (isDefect(answer)) {
                    defects.add(shown(request) + "\n-> " + answer.status() + answer.headers());
                }
            } catch (IOException e) {
                defects.add(shown(request) + "\n-> " + e);
            }
        }
        System.out.println("Statuses: " + statuses);
        assertTrue(statuses.size() > 5, "the requests are not various");
        assertEquals(List.of(), defects.stream().limit(5).toList(), defects.size() + " defects");
        RECORDER.get("/health").expect(200);
        RECORDER.post("/record-ping/after", "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}").expect(200);
        assertEquals(1, RECORDER.get("/pings?client=after").expect(200).json().size());
    }

    private static boolean isDefect(Answer answer) {
        if (answer.status() >= 500) {
            return true;
        }
        boolean refused = answer.status() >= 400;
        return refused != answer.header("content-type").equals("application/problem+json");
    }

    private static String shown(byte[] request) {
        String text = new String(request, StandardCharsets.UTF_8);
        return text.length() < SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
    }
}
