package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.e2e.Project;
import org.pingrecorder.e2e.dashboard.PostedFleet.Host;
import org.pingrecorder.e2e.dashboard.PostedFleet.Manner;

/**
 * Makes the pictures of the documentation: every view, light and dark, into {@code docs/images}.
 */
@EnabledIfSystemProperty(named = "screenshots", matches = "true")
final class ScreenshotsIT {

    private static final int PAST_SECONDS = 6 * 3_600;

    /** Charts and pictures come a moment after the view. */
    private static final double DRAWN_MS = 3_000;

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;

    private static final List<Host> HOSTS =
            List.of(
                    new Host("hanoi", "192.0.2.1", "Core router", 0.6, Manner.STEADY),
                    new Host("hanoi", "192.0.2.7", "Branch gateway", 24, Manner.FAILING),
                    new Host("hanoi", "192.0.2.20", "File server", 0.4, Manner.STEADY),
                    new Host("hanoi", "198.51.100.4", "Name server", 11, Manner.STEADY),
                    new Host("hanoi", "203.0.113.9", "Satellite link", 540, Manner.NOISY),
                    new Host("hanoi", "2001:db8::53", "Name server, IPv6", 12, Manner.STEADY),
                    new Host("saigon", "192.0.2.1", "Core router", 31, Manner.STEADY),
                    new Host("saigon", "192.0.2.61", "Warehouse camera", 3, Manner.LOSSY),
                    new Host("saigon", "192.0.2.62", "Gate camera", 3, Manner.DOWN),
                    new Host("saigon", "198.51.100.4", "Name server", 18, Manner.STEADY),
                    new Host("saigon", "203.0.113.40", "Payment provider", 46, Manner.NOISY),
                    new Host("danang", "192.0.2.1", "Core router", 15, Manner.STEADY),
                    new Host("danang", "192.0.2.130", "Weather station", 70, Manner.LOSSY),
                    new Host("danang", "198.51.100.4", "Name server", 14, Manner.STEADY));

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    @Test
    void everyView_isDrawnLightAndDark() throws Exception {
        DASHBOARD.startClient(Views.CLIENT, Views.IP, "127.0.0.3");
        try (PostedFleet fleet = new PostedFleet(DASHBOARD.rest(), HOSTS)) {
            fleet.start(PAST_SECONDS);
            DASHBOARD.rest().call("PATCH", "/clients/hanoi", "{\"tags\":[\"north\"]}");
            for (Visit visit : List.of(Visit.usual(), Visit.usual().dark())) {
                Page page = DASHBOARD.open("", visit.sized(WIDTH, HEIGHT));
                for (Map.Entry<String, String> view : Views.of(page).entrySet()) {
                    draw(page, view.getKey(), view.getValue(), visit);
                }
            }
        }
    }

    private static void draw(Page page, String name, String address, Visit visit) {
        String to = address;
        if (name.equals("ip")) {
            to = "#/ip?ip=192.0.2.7&client=hanoi";
        }
        page.evaluate("view => { location.hash = view; }", to);
        assertThat(page.locator("main h1")).isAttached();
        if (name.equals("task")) {
            page.locator("#targets").fill(Views.IP + "\n127.0.0.3\n127.0.0.9\n127.0.0.77");
            page.locator("#count").fill("20");
            page.locator("#interval").fill("100");
            page.locator("button[type=submit]").click();
            assertThat(page.getByTestId("task-state")).containsText("Done");
        }
        Locator loading =
                page.locator("main [role=status]", new Page.LocatorOptions().setHasText("Loading"));
        assertThat(loading).hasCount(0);
        page.waitForTimeout(DRAWN_MS);
        String file = name + "-" + visit.scheme().name().toLowerCase(Locale.ROOT) + ".png";
        Path path = Project.folder().resolve("docs/images").resolve(file);
        page.screenshot(new Page.ScreenshotOptions().setPath(path));
    }
}
