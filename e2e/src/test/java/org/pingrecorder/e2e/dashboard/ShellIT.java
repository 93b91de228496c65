package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is around every view. */
final class ShellIT {

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    private static String background(Page page) {
        return (String) page.evaluate("() => getComputedStyle(document.body).backgroundColor");
    }

    private static Locator theme(Page page) {
        return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Theme"));
    }

    @Test
    void theme_followsTheSystemUntilOneIsChosen_andIsRemembered() {
        Page page = DASHBOARD.open("", Visit.usual().dark());
        Locator root = page.locator("html");
        assertThat(root).hasAttribute("data-scheme", "dark");
        page.getByLabel("Light or dark").selectOption("light");
        assertThat(root).hasAttribute("data-scheme", "light");
        String before = background(page);

        theme(page).selectOption("cyborg");
        assertThat(root).hasAttribute("data-scheme", "dark");
        assertNotEquals(before, background(page));

        page.reload();
        assertThat(theme(page)).hasValue("cyborg");
        assertEquals("dark", root.getAttribute("data-scheme"));
    }

    @Test
    void theme_thatIsNoLongerThere_isThePlainOne() {
        DASHBOARD.expectComplaints("Failed to load|MIME type");
        Page page = DASHBOARD.open("");
        page.evaluate(
                "() => localStorage.setItem('theme', '{\"name\":\"gone\",\"mode\":\"dark\"}')");
        page.reload();
        assertThat(theme(page)).hasValue("bootstrap");
        assertThat(page.locator("html")).hasAttribute("data-scheme", "dark");
        assertThat(page.locator("link[data-theme]")).hasCount(1);
    }

    @Test
    void theme_thatCannotBeHad_leavesTheOneThatIs() {
        DASHBOARD.expectComplaints("Failed to load|ERR_|ApiError");
        Page page = DASHBOARD.open("");
        page.route("**/themes/lux.css", Route::abort);
        theme(page).selectOption("lux");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("does not answer");
        assertThat(theme(page)).hasValue("bootstrap");
        assertThat(page.locator("link[data-theme]")).hasCount(1);
        theme(page).selectOption("flatly");
        assertThat(page.locator("link#theme")).hasAttribute("href", Pattern.compile("flatly"));
    }

    @Test
    void everyTheme_isThereAndLoadsNothingFromElsewhere() {
        Page page = DASHBOARD.open("");
        for (String name : theme(page).locator("option").allTextContents()) {
            theme(page).selectOption(name.toLowerCase(Locale.ROOT));
            assertThat(page.locator("link#theme"))
                    .hasAttribute(
                            "href",
                            Pattern.compile("/themes/" + name + ".css", Pattern.CASE_INSENSITIVE));
            assertThat(page.locator("link[data-theme]")).hasCount(1);
        }
    }

    @Test
    void language_isTheBrowsersAndSwitchesWithoutReload() {
        Page page = DASHBOARD.open("", Visit.usual().in("vi-VN"));
        assertThat(page.locator("html")).hasAttribute("lang", "vi");
        assertThat(page).hasTitle("Tổng quan · Ping Recorder");
        page.evaluate("() => { window.isTheSamePage = true; }");
        page.getByLabel("Ngôn ngữ").selectOption("en");
        assertThat(page).hasTitle("Overview · Ping Recorder");
        assertThat(page.getByTestId("status-connected")).containsText("Clients connected");
        assertEquals(true, page.evaluate("() => window.isTheSamePage"));
        page.reload();
        assertThat(page.locator("html")).hasAttribute("lang", "en");
    }

    @Test
    void recorder_thatIsBusyOrWithoutItsDatabase_isSaid() {
        DASHBOARD.expectComplaints("status of (429|503)");
        Page page = DASHBOARD.open("");
        Locator recorder = page.getByTestId("status-recorder");
        assertThat(recorder).containsText("Running");
        answerClients(page, 503);
        assertThat(recorder).containsText("Database away");
        answerClients(page, 429);
        assertThat(recorder).containsText("Busy");
        page.unrouteAll();
        assertThat(recorder).containsText("Running");
    }

    private static void answerClients(Page page, int status) {
        page.unrouteAll();
        page.route(
                "**/clients",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(status).setBody("{}")));
    }

    @Test
    void proxy_withoutARecorderBehindIt_isNoAnswer() {
        DASHBOARD.expectComplaints("status of 502");
        Page page = DASHBOARD.open("");
        assertThat(page.getByTestId("status-recorder")).containsText("Running");
        page.route(
                Pattern.compile("/(clients|ips|summary|languages|health)"),
                route -> route.fulfill(new Route.FulfillOptions().setStatus(502).setBody("")));
        assertThat(page.getByTestId("lost")).isVisible();
        assertEquals(
                false,
                page.evaluate("async () => (await import('/dashboard/api.js')).isRecorderThere()"));
        assertThat(page.getByTestId("lost")).isVisible();
        page.unrouteAll();
        assertThat(page.getByTestId("lost")).hasCount(0);
    }

    @Test
    void changes_thatNeverEnd_doNotPutOffTheStatus() {
        Page page = DASHBOARD.open("");
        assertThat(page.getByTestId("status-recorder")).containsText("Running");
        assertEquals(
                true,
                page.evaluate(
                        """
                        async () => {
                          const { askSoon } = await import('/dashboard/status.js');
                          const answers = () => performance.getEntriesByType('resource')
                            .filter(({ name }) => name.endsWith('/clients')).length;
                          const before = answers();
                          const end = performance.now() + 9_000;
                          while (answers() === before && performance.now() < end) {
                            askSoon();
                            await new Promise((done) => setTimeout(done, 100));
                          }
                          return answers() > before;
                        }
                        """));
    }

    @Test
    void percent_isNeverRoundedToNoneOrAll() {
        Page page = DASHBOARD.open("");
        assertEquals(
                List.of("0%", "< 0.001%", "0.004%", "12.3%", "99.99%", "> 99.999%", "100%"),
                page.evaluate(
                        """
                        async () => {
                          const { percent } = await import('/dashboard/i18n.js');
                          return [0, 0.00004, 0.004, 12.34, 99.99, 99.99996, 100].map(percent);
                        }
                        """));
    }

    @Test
    void address_ofNoView_saysSoAndLeadsBack() {
        Page page = DASHBOARD.open("#/nowhere");
        assertThat(page.getByText("There is no such view.")).isVisible();
        page.getByRole(AriaRole.MAIN).getByRole(AriaRole.LINK).click();
        assertThat(page).hasURL(Pattern.compile("#/$"));
    }
}
