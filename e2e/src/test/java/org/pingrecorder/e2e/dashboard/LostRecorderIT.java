package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a page does whose recorder dies. */
final class LostRecorderIT {

    /** Heartbeats come every 10 s; only after 25 s without one something is wrong. */
    private static final double SILENCE_MS = 60_000;

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    private static Locator row(Page page) {
        return page.locator("tr[data-ip='192.0.2.10']");
    }

    @Test
    void recorderThatIsAway_isSaid_andThePageGoesOnByItself() throws Exception {
        DASHBOARD.expectComplaints("ERR_|WebSocket|Failed to load");
        DASHBOARD.ping("site1", "192.0.2.10", "1.5");
        Page page = DASHBOARD.open("");
        assertThat(row(page)).isVisible();
        assertThat(page.getByTestId("status-page")).containsText("Live");
        DASHBOARD.killRecorder();
        assertThat(page.getByTestId("lost")).containsText("does not answer since");
        assertThat(page.getByTestId("status-recorder")).containsText("No answer");
        assertThat(row(page)).isVisible();
        assertThat(page.getByTestId("status-page")).containsText("stale since");
        DASHBOARD.restartRecorder();
        assertThat(page.getByTestId("lost")).hasCount(0);
        assertThat(page.getByTestId("status-recorder")).containsText("Running");
        assertThat(page.getByTestId("status-page")).containsText("Live");
        DASHBOARD.ping("site1", "192.0.2.10", "77.7");
        assertThat(row(page)).containsText("77.7 ms");
    }

    @Test
    void view_thatIsFirstChosenMeanwhile_comesWhenTheRecorderIsBack() throws Exception {
        DASHBOARD.expectComplaints("ERR_|WebSocket|Failed to (load|fetch)");
        Page page = DASHBOARD.open("");
        assertThat(page.getByTestId("status-page")).containsText("Live");
        DASHBOARD.killRecorder();
        assertThat(page.getByTestId("lost")).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Task")).click();
        assertThat(page.locator("main")).containsText("Loading");
        DASHBOARD.restartRecorder();
        assertThat(page.locator("#targets")).isVisible();
        assertThat(page.getByTestId("lost")).hasCount(0);
    }

    @Test
    void recorderThatHangs_isSaid_andThePageGoesOnByItself() throws Exception {
        DASHBOARD.expectComplaints("ERR_|WebSocket|Failed to load");
        DASHBOARD.ping("site1", "192.0.2.10", "1.5");
        Page page = DASHBOARD.open("");
        assertThat(row(page)).containsText("1.5 ms");
        assertThat(page.getByTestId("status-page")).containsText("Live");
        DASHBOARD.hang();
        try {
            assertThat(page.getByTestId("lost"))
                    .containsText(
                            "does not answer since",
                            new LocatorAssertions.ContainsTextOptions().setTimeout(SILENCE_MS));
        } finally {
            DASHBOARD.goOn();
        }
        assertThat(page.getByTestId("lost")).hasCount(0);
        assertThat(page.getByTestId("status-page")).containsText("Live");
        DASHBOARD.ping("site1", "192.0.2.10", "77.7");
        assertThat(row(page)).containsText("77.7 ms");
    }

    @Test
    void graphOfAnIp_thatCouldNotBeRead_isReadWhenTheRecorderIsBack() throws Exception {
        DASHBOARD.expectComplaints("ERR_|WebSocket|Failed to load");
        DASHBOARD.ping("site1", "192.0.2.10", "1.5");
        Page page = DASHBOARD.open("#/ip?ip=192.0.2.10&window=1h");
        assertThat(page.getByTestId("charts")).hasAttribute("data-step", "10s");
        DASHBOARD.killRecorder();
        page.locator("#ip-window").selectOption("24h");
        assertThat(page.getByTestId("lost")).isVisible();
        DASHBOARD.restartRecorder();
        assertThat(page.getByTestId("lost")).hasCount(0);
        assertThat(page.getByTestId("charts")).hasAttribute("data-step", "5m");
        DASHBOARD.ping("site1", "192.0.2.10", "77.7");
        assertThat(page.locator("[data-figure=max]")).hasText("77.7 ms");
    }

    @Test
    void plan_thatCouldNotBeRead_isReadWhenTheRecorderIsBack() throws Exception {
        DASHBOARD.expectComplaints("ERR_|WebSocket|Failed to load");
        DASHBOARD.ping("site1", "192.0.2.10", "1.5");
        Page page = DASHBOARD.open("#/control");
        assertThat(page.getByLabel("Select site1")).isVisible();
        DASHBOARD.killRecorder();
        page.getByLabel("Select site1").check();
        Locator fault =
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again"));
        assertThat(fault).isVisible();
        DASHBOARD.restartRecorder();
        assertThat(page.getByTestId("plan-settings")).isVisible();
        assertThat(fault).hasCount(0);
    }
}
