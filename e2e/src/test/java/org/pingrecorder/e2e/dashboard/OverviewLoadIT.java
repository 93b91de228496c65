package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.e2e.dashboard.PostedFleet.Host;
import org.pingrecorder.e2e.dashboard.PostedFleet.Manner;

/**
 * What 5,000 ips that are pinged every second cost a browser that shows them. {@code
 * dashboard.minutes} says for how long they are shown.
 */
@EnabledIfSystemProperty(named = "dashboard.minutes", matches = "[0-9.]+")
final class OverviewLoadIT {

    private static final int IPS = 5_000;
    private static final int CLIENTS = 10;
    private static final int PAST_SECONDS = 60;
    private static final int OPENINGS = 5;
    private static final int SIGHTINGS = 20;
    private static final int SCROLLED_MS = 5_000;
    private static final double MEGABYTE = 1024.0 * 1024;

    private static final String SEEN = "198.51.100.200";

    /** Notes when the first rows are painted, and each frame in which rows changed. */
    private static final String WATCH =
            """
            window.changedFrames = 0;
            window.longTasks = [];
            new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
              .observe({ type: 'longtask' });
            let isCounted = false;
            new MutationObserver(() => {
              if (!window.paintedAt && document.querySelector('tr[data-ip]')) {
                window.paintedAt = -1;
                requestAnimationFrame(() => setTimeout(() => { window.paintedAt = performance.now(); }));
              }
              if (isCounted) return;
              isCounted = true;
              requestAnimationFrame(() => { isCounted = false; window.changedFrames++; });
            }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
            """;

    private static final String PAINTED =
            """
            () => new Promise((done) => {
              const look = () => (window.paintedAt > 0 ? done() : requestAnimationFrame(look));
              look();
            })
            """;

    /** Ends with the frame in which an ip's row has the text. */
    private static final String SIGHT =
            """
            ([ip, text]) => new Promise((done) => {
              const look = () => (document.querySelector(`tr[data-ip='${ip}']`)?.textContent.includes(text)
                ? done() : requestAnimationFrame(look));
              look();
            })
            """;

    private static final String SCROLL =
            """
            (ms) => new Promise((done) => {
              const box = document.querySelector('.rows');
              const frames = [];
              const began = performance.now();
              let before = began;
              const step = (now) => {
                frames.push(now - before);
                before = now;
                box.scrollTop = (box.scrollTop + 300) % (box.scrollHeight - box.clientHeight);
                if (now - began < ms) requestAnimationFrame(step);
                else done(frames.slice(1));
              };
              requestAnimationFrame(step);
            })
            """;

    @RegisterExtension static final Dashboard DASHBOARD = Dashboard.measured();

    @Test
    void overview_of5000Ips() throws Exception {
        double minutes = Double.parseDouble(System.getProperty("dashboard.minutes"));
        List<Host> hosts =
                IntStream.range(0, IPS)
                        .mapToObj(
                                i ->
                                        new Host(
                                                "client" + i % CLIENTS,
                                                "10.7." + i / 250 + "." + (1 + i % 250),
                                                "host " + i,
                                                5 + i % 40,
                                                i % 50 == 0 ? Manner.LOSSY : Manner.STEADY))
                        .toList();
        try (PostedFleet fleet = new PostedFleet(DASHBOARD.rest(), hosts)) {
            fleet.start(PAST_SECONDS);
            List<Double> paints = new ArrayList<>();
            for (int i = 0; i < OPENINGS; i++) {
                Page page = openWatched();
                paints.add(number(page, "() => window.paintedAt"));
                page.context().close();
            }
            Page page = openWatched();
            assertThat(page.locator(".small[role=status]")).containsText("5,000");
            CDPSession tools = page.context().newCDPSession(page);
            tools.send("Performance.enable");
            Sum first = Sum.of(page, tools);
            long beganNanos = System.nanoTime();
            List<Double> sightings = sightings(page);
            List<Double> frames = frames(page);
            Sum before = Sum.of(page, tools);
            long lasts = (long) (minutes * 60_000);
            long waited = Duration.ofNanos(System.nanoTime() - beganNanos).toMillis();
            page.waitForTimeout((double) Math.max(10_000, lasts - waited));
            Sum after = Sum.of(page, tools);
            print(minutes, paints, sightings, frames, first, before, after);
            assertEquals(
                    true,
                    page.evaluate("() => document.querySelectorAll('tr[data-ip]').length > 0"));
        }
    }

    private static Page openWatched() {
        Page page = DASHBOARD.open("about:blank", Visit.usual());
        page.addInitScript(WATCH);
        page.navigate(DASHBOARD.address().toString());
        page.locator("tr[data-ip]").first().waitFor();
        page.evaluate(PAINTED);
        return page;
    }

    /** From the post of a ping to its latency on the page, in milliseconds. */
    private static List<Double> sightings(Page page) throws Exception {
        page.getByRole(AriaRole.SEARCHBOX).fill(SEEN);
        DASHBOARD.ping("seen", SEEN, "1");
        page.locator("tr[data-ip='" + SEEN + "']").waitFor();
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < SIGHTINGS; i++) {
            String latency = String.format(Locale.ROOT, "%d.5", 200 + i);
            String shown = (201 + i) + " ms";
            long began = System.nanoTime();
            DASHBOARD.ping("seen", SEEN, latency);
            page.evaluate(SIGHT, List.of(SEEN, shown));
            millis.add((System.nanoTime() - began) / 1e6);
            TimeUnit.MILLISECONDS.sleep(137); // at any moment between two drawings
        }
        page.getByRole(AriaRole.SEARCHBOX).fill("");
        return millis;
    }

    private static List<Double> frames(Page page) {
        List<Double> frames = new ArrayList<>();
        for (Object frame : (List<?>) page.evaluate(SCROLL, SCROLLED_MS)) {
            frames.add(((Number) frame).doubleValue());
        }
        return frames;
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    /** What the page has used so far; memory after a collection. */
    private record Sum(
            double busySeconds,
            double atSeconds,
            double changedFrames,
            double heap,
            double resident) {

        static Sum of(Page page, CDPSession tools) throws IOException {
            tools.send("HeapProfiler.collectGarbage");
            JsonObject metrics = tools.send("Performance.getMetrics");
            return new Sum(
                    metric(metrics, "TaskDuration"),
                    metric(metrics, "Timestamp"),
                    number(page, "() => window.changedFrames"),
                    metric(metrics, "JSHeapUsedSize") / MEGABYTE,
                    residentMegabytes(page));
        }

        private static double metric(JsonObject metrics, String name) {
            for (JsonElement metric : metrics.getAsJsonArray("metrics")) {
                if (metric.getAsJsonObject().get("name").getAsString().equals(name)) {
                    return metric.getAsJsonObject().get("value").getAsDouble();
                }
            }
            throw new IllegalStateException("the browser does not tell " + name);
        }

        /** Of the process that draws the page: the largest, where there are spare ones. */
        private static double residentMegabytes(Page page) throws IOException {
            CDPSession browser = page.context().browser().newBrowserCDPSession();
            double most = 0;
            for (JsonElement one :
                    browser.send("SystemInfo.getProcessInfo").getAsJsonArray("processInfo")) {
                if (one.getAsJsonObject().get("type").getAsString().equals("renderer")) {
                    most =
                            Math.max(
                                    most,
                                    residentMegabytes(one.getAsJsonObject().get("id").getAsLong()));
                }
            }
            browser.detach();
            return most;
        }

        private static double residentMegabytes(long process) throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
            return 0;
        }
    }

    private static void print(
            double minutes,
            List<Double> paints,
            List<Double> sightings,
            List<Double> frames,
            Sum first,
            Sum before,
            Sum after) {
        double updates = after.changedFrames() - before.changedFrames();
        double busyMillis = (after.busySeconds() - before.busySeconds()) * 1e3;
        System.out.printf(
                "%n| overview of 5,000 ips at 1 s | measured | target |%n|---|---:|---:|%n");
        row(
                "first full paint, median of %d, ms".formatted(paints.size()),
                quantile(paints, 0.5),
                "1,500");
        row("main thread a live update, ms", busyMillis / updates, "50");
        row("updates a second", updates / (after.atSeconds() - before.atSeconds()), "");
        row("from post to sight, median, ms", quantile(sightings, 0.5), "");
        row("from post to sight, longest, ms", quantile(sightings, 1), "1,000");
        row("a frame while scrolling, p95, ms", quantile(frames, 0.95), "50");
        row("JavaScript heap at first, MiB", first.heap(), "");
        row("JavaScript heap after %s min, MiB".formatted(minutes), after.heap(), "100");
        row("renderer resident after %s min, MiB".formatted(minutes), after.resident(), "300");
    }

    private static void row(String what, double value, String target) {
        System.out.printf(Locale.ROOT, "| %s | %,.1f | %s |%n", what, value, target);
    }

    private static double quantile(List<Double> values, double part) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
    }
}
