package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The overview reads, and is told live; here the one comes too early, too late, or not at all. It
 * reads anew after half a minute, which is longer than the tests are patient.
 */
final class OverviewReadsIT {

    /** Of the overview: other calls of it have no sparklines. */
    private static final Pattern SUMMARY = Pattern.compile("/summary\\?.*spark=");

    /** No WebSocket is opened before {@code openSockets} is called. */
    private static final String LATE_SOCKETS =
            """
            const Socket = window.WebSocket;
            const waiting = [];
            window.openSockets = () => waiting.forEach((open) => open());
            window.WebSocket = class {
              constructor(url) {
                waiting.push(() => {
                  const socket = new Socket(url);
                  socket.onmessage = (message) => this.onmessage?.(message);
                  socket.onclose = () => this.onclose?.();
                });
              }
              close() {}
            };
            """;

    private static final String CLOCK_AHEAD =
            "const now = Date.now; Date.now = () => now() + 7_200_000;";

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    private static Locator row(Page page, String ip) {
        return page.locator("tr[data-ip='" + ip + "']");
    }

    private static Locator cell(Page page, String ip, String column) {
        row(page, ip).waitFor();
        int index =
                (int)
                        page.evaluate(
                                "id => [...document.querySelectorAll('col')].findIndex((col) =>"
                                        + " col.classList.contains(`column-${id}`))",
                                column);
        return row(page, ip).locator("td").nth(index);
    }

    private static Locator table(Page page) {
        return page.locator(".rows");
    }

    private static Page openWith(String script, String view) {
        Page page = DASHBOARD.open("about:blank");
        page.addInitScript(script);
        page.navigate(DASHBOARD.address().resolve(view).toString());
        return page;
    }

    private static Page openLive() {
        Page page = DASHBOARD.open("");
        assertThat(page.getByTestId("status-page")).containsText("Live");
        return page;
    }

    @Test
    void answer_thatIsOlderThanWhatWasTold_takesNothingBack() throws Exception {
        DASHBOARD.ping("site1", "192.0.2.1", "1.5");
        DASHBOARD.ping("site1", "192.0.2.2", "1.5");
        Page page = openLive();
        assertThat(row(page, "192.0.2.1")).containsText("1.5 ms");
        Deque<Runnable> late = new ArrayDeque<>();
        page.route(
                SUMMARY,
                route -> {
                    APIResponse answer = route.fetch();
                    late.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
                });
        page.locator("#window").selectOption("15m");
        page.waitForCondition(() -> !late.isEmpty());
        DASHBOARD.ping("site1", "192.0.2.1", "77.7");
        for (int i = 0; i < 3; i++) {
            DASHBOARD.ping("site1", "192.0.2.2", "null");
        }
        assertThat(row(page, "192.0.2.1")).containsText("77.7 ms");
        assertThat(row(page, "192.0.2.2")).containsText("Down");
        assertThat(table(page)).hasAttribute("aria-busy", "true");
        late.forEach(Runnable::run);
        assertThat(table(page)).hasAttribute("aria-busy", "false");
        assertThat(cell(page, "192.0.2.1", "latency")).hasText("77.7 ms");
        assertThat(cell(page, "192.0.2.1", "attempts")).hasText("2");
        assertThat(cell(page, "192.0.2.2", "state")).containsText("Down");
        assertThat(cell(page, "192.0.2.2", "fail")).containsText("75%");
    }

    @Test
    void whatHappens_beforeThePageIsLive_isSeen() throws Exception {
        DASHBOARD.ping("site2", "192.0.2.21", "1.5");
        Page page = openWith(LATE_SOCKETS, "");
        assertThat(row(page, "192.0.2.21")).containsText("1.5 ms");
        DASHBOARD.ping("site2", "192.0.2.21", "77.7");
        page.evaluate("() => window.openSockets()");
        assertThat(page.getByTestId("status-page")).containsText("Live");
        assertThat(row(page, "192.0.2.21")).containsText("77.7 ms");
    }

    @Test
    void ip_withoutAPing_isPausedAndGoesOn() throws Exception {
        DASHBOARD.startClient("site3", "127.0.0.3");
        Page page = openLive();
        assertThat(row(page, "127.0.0.3")).containsText("Up");
        DASHBOARD.register("{\"ip\":\"192.0.2.31\",\"client\":\"site3\"}");
        page.reload();
        assertThat(row(page, "192.0.2.31")).containsText("Unknown");
        plan("site3", "{\"paused\":true}");
        assertThat(row(page, "192.0.2.31")).containsText("Paused");
        assertThat(row(page, "127.0.0.3")).containsText("Paused");
        plan("site3", "{\"paused\":null}");
        assertThat(row(page, "192.0.2.31")).containsText("Unknown");
        assertThat(row(page, "127.0.0.3")).containsText("Up");
    }

    private static void plan(String client, String change) throws Exception {
        HttpResponse<String> answer =
                DASHBOARD.rest().call("PATCH", "/clients/" + client + "/plan", change);
        assertEquals(200, answer.statusCode(), answer.body());
    }

    @Test
    void pings_lostByAClientThatIsCutOff_areNoFailures() throws Exception {
        PostedPings pings =
                new PostedPings(
                        DASHBOARD.rest(),
                        "site4",
                        "192.0.2.41",
                        Instant.now().minus(Duration.ofSeconds(60)));
        pings.post("rrrr");
        Page page = openLive();
        assertThat(cell(page, "192.0.2.41", "attempts")).hasText("4");
        pings.post("cccc");
        assertThat(cell(page, "192.0.2.41", "latency")).hasText("Timeout");
        assertThat(cell(page, "192.0.2.41", "attempts")).hasText("4");
        assertThat(cell(page, "192.0.2.41", "pass")).hasText("100%");
    }

    @Test
    void window_thatIsRefused_hasNoNumbersOfAnother() throws Exception {
        DASHBOARD.expectComplaints("status of 422");
        DASHBOARD.ping("site5", "192.0.2.51", "1.5");
        Page page = openLive();
        assertThat(cell(page, "192.0.2.51", "attempts")).hasText("1");
        page.route(
                SUMMARY,
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setStatus(422)
                                        .setContentType("application/problem+json")
                                        .setBody("{\"detail\":\"Ask for fewer ips.\"}")));
        page.locator("#window").selectOption("30d");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Ask for fewer ips.");
        assertThat(cell(page, "192.0.2.51", "attempts")).hasText("");
        assertThat(cell(page, "192.0.2.51", "pass")).hasText("");
        DASHBOARD.ping("site5", "192.0.2.51", "77.7");
        assertThat(cell(page, "192.0.2.51", "latency")).hasText("77.7 ms");
        page.unroute(SUMMARY);
        page.locator("#window").selectOption("1h");
        assertThat(cell(page, "192.0.2.51", "attempts")).hasText("2");
    }

    @Test
    void recorderThatIsBusy_isAskedAgainWhenItSaid() throws Exception {
        DASHBOARD.expectComplaints("status of 429");
        DASHBOARD.ping("site6", "192.0.2.61", "1.5");
        Page page = DASHBOARD.open("about:blank");
        List<Long> askedNanos = new ArrayList<>();
        page.route(
                SUMMARY,
                route -> {
                    askedNanos.add(System.nanoTime());
                    if (askedNanos.size() == 1) {
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setStatus(429)
                                        .setHeaders(
                                                Map.of(
                                                        "Retry-After", "3",
                                                        "Content-Type", "application/problem+json"))
                                        .setBody("{\"detail\":\"Later.\"}"));
                    } else {
                        route.resume();
                    }
                });
        page.navigate(DASHBOARD.address().toString());
        assertThat(row(page, "192.0.2.61")).isVisible();
        long waitedMillis = Duration.ofNanos(askedNanos.get(1) - askedNanos.get(0)).toMillis();
        assertThat(page.locator("main")).not().containsText("Later.");
        assertTrue(waitedMillis >= 3_000, waitedMillis + " ms");
    }

    @Test
    void browserWhoseClockIsWrong_asksByTheRecorders() throws Exception {
        DASHBOARD.ping("site7", "192.0.2.71", "1.5");
        Page page = openWith(CLOCK_AHEAD, "#/?window=5m");
        assertThat(cell(page, "192.0.2.71", "attempts")).hasText("1");
    }
}
