package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a page does whose recorder dies. */
final class LostRecorderIT {

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
        assertThat(row(page)).isVisible();
        assertThat(page.getByTestId("status-page")).containsText("stale since");
        DASHBOARD.restartRecorder();
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
}
