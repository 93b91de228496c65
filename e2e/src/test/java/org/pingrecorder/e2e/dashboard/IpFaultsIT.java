package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pingrecorder.e2e.dashboard.IpPage.drawn;
import static org.pingrecorder.e2e.dashboard.IpPage.figure;
import static org.pingrecorder.e2e.dashboard.IpPage.outages;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of one ip where the recorder refuses, is busy, or is not heard for a while. */
final class IpFaultsIT {

    private static final Pattern NUMBERS = Pattern.compile("/history\\?.*step=window");
    private static final Pattern HISTORIES = Pattern.compile("/history\\?");

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    private final Instant start =
            Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MINUTES);

    private PostedPings pings(String client, String ip) {
        return new PostedPings(DASHBOARD.rest(), client, ip, start);
    }

    private String view(String ip, int fromSecond, int toSecond) {
        return IpPage.view(ip, start.plusSeconds(fromSecond), start.plusSeconds(toSecond));
    }

    private static void show(Page page, String view) {
        page.evaluate("view => { location.hash = view; }", view);
    }

    /** Answers as the recorder does where it cannot. */
    private static void refuse(Route route, int status, String detail) {
        route.fulfill(
                new Route.FulfillOptions()
                        .setStatus(status)
                        .setContentType("application/problem+json")
                        .setBody("{\"status\":%d,\"detail\":\"%s\"}".formatted(status, detail)));
    }

    @Test
    void whereOnlySummariesAreKept_stepsAreHours_andThePageSaysWhy() throws Exception {
        DASHBOARD.expectComplaints("status of 422");
        pings("site1", "192.0.2.11").post("r".repeat(300));
        Page page = DASHBOARD.open("#/ip");
        page.route(
                Pattern.compile("/history\\?.*step=5s"),
                route -> refuse(route, 422, "Only summaries of hours are left."));
        show(page, view("192.0.2.11", 0, 300));
        assertThat(page.getByTestId("charts")).hasAttribute("data-step", "1h");
        assertThat(page.getByRole(AriaRole.ALERT))
                .containsText("Only summaries of hours are left.");
        assertThat(figure(page, "site1", "sent")).hasText("300");
        assertThat(page.getByText("Single pings:")).hasCount(0);
        // Of a longer stretch nothing is left out, so nothing is said.
        show(page, view("192.0.2.11", -3_600, 3_600));
        assertThat(page.getByTestId("charts")).hasAttribute("data-step", "30s");
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    }

    @Test
    void numbersThatAreRefused_areNotThoseOfAnotherStretch() throws Exception {
        DASHBOARD.expectComplaints("status of 422");
        pings("site2", "192.0.2.12").post("r".repeat(300) + "t".repeat(60) + "r".repeat(60));
        Page page = DASHBOARD.open(view("192.0.2.12", 300, 420));
        assertThat(figure(page, "site2", "lost")).hasText("60");
        assertThat(outages(page)).hasCount(1);
        page.route(NUMBERS, route -> refuse(route, 422, "This would cost too much."));
        show(page, view("192.0.2.12", 0, 120));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This would cost too much.");
        assertThat(figure(page, "site2", "lost")).hasCount(0);
        assertThat(page.getByText("None in this window.")).isVisible();
        page.unroute(NUMBERS);
        show(page, view("192.0.2.12", 0, 180));
        assertThat(figure(page, "site2", "sent")).hasText("180");
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    }

    @Test
    void anotherIp_isNotShownWithWhatIsOfTheOneBefore() throws Exception {
        DASHBOARD.expectComplaints("status of 422");
        DASHBOARD.register("{\"ip\":\"192.0.2.13\",\"client\":\"site3\",\"name\":\"First\"}");
        pings("site3", "192.0.2.13").post("r".repeat(60) + "t".repeat(60));
        Page page = DASHBOARD.open(view("192.0.2.13", 0, 120));
        assertThat(page.locator("h1")).hasText("First");
        assertThat(page).hasTitle("First · Ping Recorder");
        assertThat(figure(page, "site3", "lost")).hasText("60");
        page.route(HISTORIES, route -> refuse(route, 422, "Not this one."));
        show(page, view("192.0.2.14", 0, 120));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Not this one.");
        assertThat(page.locator("h1")).hasText("192.0.2.14");
        assertThat(page).hasTitle("192.0.2.14 · Ping Recorder");
        assertThat(figure(page, "site3", "lost")).hasCount(0);
        assertThat(outages(page)).hasCount(0);
        assertThat(page.locator(".plot")).hasCount(0);
    }

    @Test
    void busyRecorder_isAskedAgain_andItsWordsGo() throws Exception {
        DASHBOARD.expectComplaints("status of 429");
        pings("site4", "192.0.2.15").post("r".repeat(60) + "t".repeat(60));
        Page page = DASHBOARD.open("#/ip");
        Pattern busy = Pattern.compile("/outages\\?");
        page.route(busy, route -> refuse(route, 429, "Ask again later."));
        show(page, view("192.0.2.15", 0, 120));
        assertThat(figure(page, "site4", "lost")).hasText("60");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Ask again later.");
        assertThat(page.getByText("None in this window.")).hasCount(0);
        page.unroute(busy);
        assertThat(outages(page)).hasCount(1);
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    }

    @Test
    void pingsThatWereToldWhileThePageHeardNothing_areThereWhenItHearsAgain() throws Exception {
        DASHBOARD.expectComplaints("/live");
        PostedPings pings = pings("site5", "192.0.2.16").post("r".repeat(30));
        Page page = DASHBOARD.open("#/");
        AtomicBoolean isCut = new AtomicBoolean();
        List<WebSocketRoute> heard = new CopyOnWriteArrayList<>();
        page.routeWebSocket(
                Pattern.compile("/live/ws"),
                socket -> {
                    if (isCut.get()) {
                        socket.close();
                    } else {
                        socket.connectToServer();
                        heard.add(socket);
                    }
                });
        page.route(
                Pattern.compile("/live\\?"),
                route -> {
                    if (isCut.get()) {
                        route.abort();
                    } else {
                        route.resume();
                    }
                });
        page.reload();
        show(page, view("192.0.2.16", 0, 100));
        assertThat(page.getByTestId("status-page")).containsText("Live");
        await().until(() -> drawn(page, "--pr-client-1") > 0);
        isCut.set(true);
        heard.forEach(WebSocketRoute::close);
        assertThat(page.getByTestId("status-page")).containsText("Reconnecting");
        pings.post("uuuuu");
        isCut.set(false);
        assertThat(page.getByTestId("status-page")).containsText("Live");
        await().until(() -> drawn(page, "--pr-unreachable") == 5);
    }

    @Test
    void hiddenPage_showsEachPing_whenSomebodyLooksAgain() throws Exception {
        PostedPings pings = pings("site6", "192.0.2.17").post("r".repeat(30));
        Page page = DASHBOARD.open(view("192.0.2.17", 0, 100));
        assertThat(figure(page, "site6", "sent")).hasText("30");
        assertThat(page.getByTestId("status-page")).containsText("Live");
        page.evaluate(
                """
                async () => {
                  Object.defineProperty(document, 'hidden', { value: true, writable: true });
                  const { listen } = await import('/dashboard/live.js');
                  window.told = 0;
                  listen({ ip: ['192.0.2.17'], client: [] }, { pings: (pings) => { told += pings.length; } });
                }
                """);
        pings.post("uuuuu");
        await().until(() -> (boolean) page.evaluate("() => told === 5"));
        page.evaluate("() => { document.hidden = false; }");
        await().until(() -> drawn(page, "--pr-unreachable") == 5);
        assertThat(figure(page, "site6", "sent")).hasText("35");
    }
}
