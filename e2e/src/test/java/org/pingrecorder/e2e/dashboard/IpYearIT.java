package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long the smoke graph of a year takes, at a ping a second; {@code -Dip.days=30} makes it less.
 */
final class IpYearIT {

    private static final int DAYS = Integer.getInteger("ip.days", 365);
    private static final int BATCH = 86_400;
    private static final int BATCHES_A_POST = 10;
    private static final int ROUNDS = 11;

    /** From the choice of a window until the browser has painted it, in milliseconds. */
    private static final String CHOOSE =
            """
            async () => {
              const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
              const until = async (step) => {
                while (document.querySelector('[data-testid=charts]')?.dataset.step !== step) {
                  await new Promise((done) => setTimeout(done, 2));
                }
                await painted();
              };
              const choose = async (name, step) => {
                const field = document.getElementById('ip-window');
                field.value = name;
                field.dispatchEvent(new Event('change'));
                await until(step);
              };
              await choose('1h', '10s');
              const began = performance.now();
              await choose('1y', '1d');
              return performance.now() - began;
            }
            """;

    /** The same from the moment at which the page is opened. */
    private static final String FROM_OPENING =
            """
            () => new Promise((done) => {
              const look = () => {
                if (document.querySelector('[data-testid=charts]')?.dataset.step !== '1d') setTimeout(look, 2);
                else requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
              };
              look();
            })
            """;

    /** How long the recorder took for its part of that: the newest history in steps of a day. */
    private static final String ANSWERED =
            """
            () => {
              const histories = performance.getEntriesByType('resource').filter(({ name }) => name.includes('step=1d'));
              const newest = histories.at(-1);
              performance.clearResourceTimings();
              return newest.responseEnd - newest.startTime;
            }
            """;

    @RegisterExtension static final Dashboard DASHBOARD = Dashboard.measured();

    private static void load(Instant start) throws IOException, InterruptedException {
        Random random = new Random(1);
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int day = 0; day < DAYS; day += BATCHES_A_POST) {
                ByteArrayOutputStream body = new ByteArrayOutputStream();
                try (OutputStream lines = new GZIPOutputStream(body)) {
                    for (int i = day; i < Math.min(DAYS, day + BATCHES_A_POST); i++) {
                        lines.write(batch(start, i, random).getBytes(StandardCharsets.UTF_8));
                    }
                }
                HttpRequest post =
                        HttpRequest.newBuilder(DASHBOARD.address().resolve("/record-pings/year"))
                                .header("Content-Type", "application/x-ndjson")
                                .header("Content-Encoding", "gzip")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                                .build();
                // Packing may be behind: 429.
                await().atMost(Duration.ofMinutes(2))
                        .pollDelay(Duration.ZERO)
                        .until(
                                () ->
                                        http.send(post, HttpResponse.BodyHandlers.ofString())
                                                        .statusCode()
                                                == 200);
            }
        }
    }

    /** A day of pings around 20 ms, with their jitter, and a few lost. */
    private static String batch(Instant start, int day, Random random) {
        StringBuilder latencies = new StringBuilder(BATCH * 7);
        for (int i = 0; i < BATCH; i++) {
            if (i > 0) {
                latencies.append(',');
            }
            if (random.nextInt(500) == 0) {
                latencies.append("null");
            } else {
                latencies.append(20_000 + Math.abs((int) (random.nextGaussian() * 1_000)));
                latencies.insert(latencies.length() - 3, '.');
            }
        }
        Instant at = start.plus(day, ChronoUnit.DAYS);
        return """
        {"spool":"year","batch":%d,"running":[{"ip":"192.0.2.1","from":"%s","interval_ms":1000}],\
        "series":[{"ip":"192.0.2.1","start":"%s","interval_ms":1000,"latency_ms":[%s]}]}
        """
                .formatted(day + 1, at, at, latencies);
    }

    private static double millis(Page page, String script) {
        return ((Number) page.evaluate(script)).doubleValue();
    }

    @Test
    void longHistory_isDrawn() throws Exception {
        Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(DAYS, ChronoUnit.DAYS);
        load(start);
        String all =
                "/history?client=year&ip=192.0.2.1&step=window&start=%s&end=%s"
                        .formatted(start, start.plus(DAYS, ChronoUnit.DAYS));
        String sent = "\"sent\":" + DAYS * 86_400L + ",";
        // Until packing has caught up, the answer may be a 429.
        await().atMost(Duration.ofMinutes(10))
                .until(() -> DASHBOARD.rest().get(all).body().contains(sent));
        // As it is kept, in blocks of an hour; of the last one some may be merged later.
        await().atMost(Duration.ofMinutes(10)).until(() -> mergedBlocks() >= DAYS * 24 - 1);
        Page page = DASHBOARD.open("#/ip?ip=192.0.2.1&client=year&window=1h");
        assertThat(page.getByTestId("charts")).hasAttribute("data-step", "10s");
        double[] chosen = new double[ROUNDS];
        double[] answered = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            chosen[i] = millis(page, CHOOSE);
            answered[i] = millis(page, ANSWERED);
        }
        double[] opened = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            page.navigate("about:blank");
            page.navigate(
                    DASHBOARD
                            .address()
                            .resolve("#/ip?ip=192.0.2.1&client=year&window=1y")
                            .toString());
            opened[i] = millis(page, FROM_OPENING);
        }
        assertEquals(1, page.locator(".plot").count());
        print("choosing the year", chosen);
        print("of it the answer of /history", answered);
        print("opening the page at the year", opened);
    }

    private static double mergedBlocks() throws Exception {
        return DASHBOARD
                .rest()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("ping_recorder_merged_blocks_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void print(String what, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "Smoke graph of a year, with %d days of pings at 1 s, %s: %.0f ms"
                        + " (median of %d, slowest %.0f ms)%n",
                DAYS,
                what,
                millis[ROUNDS / 2],
                ROUNDS,
                millis[ROUNDS - 1]);
    }
}
