package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pingrecorder.e2e.dashboard.IpPage.across;
import static org.pingrecorder.e2e.dashboard.IpPage.awaitFrom;
import static org.pingrecorder.e2e.dashboard.IpPage.button;
import static org.pingrecorder.e2e.dashboard.IpPage.figure;
import static org.pingrecorder.e2e.dashboard.IpPage.middle;
import static org.pingrecorder.e2e.dashboard.IpPage.parameter;
import static org.pingrecorder.e2e.dashboard.IpPage.shown;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The smoke graph under fingers, and its link. */
final class IpGesturesIT {

    private static final String IP = "192.0.2.30";
    private static final int MOVES = 5;

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    private static Instant start;

    @BeforeAll
    static void postAnHour() throws Exception {
        start = Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MINUTES);
        new PostedPings(DASHBOARD.rest(), "site1", IP, start).post("r".repeat(3_600));
    }

    private static Page openHour(Visit visit) {
        Page page = DASHBOARD.open(IpPage.view(IP, start, start.plusSeconds(3_600)), visit);
        assertThat(figure(page, "site1", "sent")).hasText("3,600");
        return page;
    }

    /** A finger from one place to another: x and y of each. */
    private record Finger(double fromX, double fromY, double toX, double toY) {

        JsonObject at(double part) {
            JsonObject point = new JsonObject();
            point.addProperty("x", fromX + part * (toX - fromX));
            point.addProperty("y", fromY + part * (toY - fromY));
            return point;
        }
    }

    /** Moves fingers over the page at once, as a screen tells it. */
    private static void touch(Page page, Finger... fingers) {
        CDPSession screen = page.context().newCDPSession(page);
        send(screen, "touchStart", 0, fingers);
        for (int i = 1; i <= MOVES; i++) {
            send(screen, "touchMove", (double) i / MOVES, fingers);
        }
        send(screen, "touchEnd", 0);
        screen.detach();
    }

    private static void send(CDPSession screen, String type, double part, Finger... fingers) {
        JsonArray points = new JsonArray();
        for (int i = 0; i < fingers.length; i++) {
            JsonObject point = fingers[i].at(part);
            point.addProperty("id", i);
            points.add(point);
        }
        JsonObject event = new JsonObject();
        event.addProperty("type", type);
        event.add("touchPoints", points);
        screen.send("Input.dispatchTouchEvent", event);
    }

    @Test
    void finger_movesTheStretch_andTwoOfThemZoom() {
        Page page = openHour(Visit.usual().onPhone());
        double y = middle(page);
        touch(page, new Finger(across(page, 0.5), y, across(page, 0.75), y));
        awaitFrom(page, start.minusSeconds(900));
        assertEquals(3_600, shown(page).toSeconds());

        touch(
                page,
                new Finger(across(page, 0.4), y, across(page, 0.2), y),
                new Finger(across(page, 0.6), y, across(page, 0.8), y));
        await().until(() -> Math.abs(shown(page).toSeconds() - 1_200) < 60);
        awaitFrom(page, start.plusSeconds(300));
    }

    @Test
    void finger_thatGoesUp_scrollsThePageInstead() {
        Page page = openHour(Visit.usual().onPhone());
        double x = across(page, 0.5);
        touch(page, new Finger(x, middle(page) + 60, x + 3, middle(page) - 60));
        await().until(() -> (boolean) page.evaluate("() => scrollY > 30"));
        assertEquals(start, parameter(page, "from"));
    }

    @Test
    void copiedLink_staysAtTheStretchThatWasLive() {
        Page page = DASHBOARD.open("#/ip?ip=" + IP + "&window=6h&scale=log");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        assertThat(figure(page, "site1", "sent")).hasText("3,600");
        button(page, "Copy link").click();
        assertThat(page.getByText("Copied.")).isVisible();
        String link = (String) page.evaluate("() => navigator.clipboard.readText()");
        Page other = DASHBOARD.open(link.replaceAll(".*#", "#"));
        assertThat(figure(other, "site1", "sent")).hasText("3,600");
        assertEquals(6 * 3_600, shown(other).toSeconds());
        assertThat(other.getByTestId("live")).hasAttribute("aria-pressed", "false");
        assertThat(other.getByLabel("Latency axis")).hasValue("log");
    }

    @Test
    void link_whereTheBrowserCopiesNothing_isShown() {
        Page page = openHour(Visit.usual());
        // As in a page that is neither of this machine nor encrypted.
        page.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined });");
        page.reload();
        button(page, "Copy link").click();
        assertThat(page.getByRole(AriaRole.ALERT))
                .containsText(DASHBOARD.address() + "#/ip?ip=" + IP);
    }
}
