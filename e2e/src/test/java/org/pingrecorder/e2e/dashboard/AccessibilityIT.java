package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every view in every theme can be read, and used without a mouse. */
final class AccessibilityIT {

    private static final String DOWN = "192.0.2.81";

    /** What has the focus, if nothing around it says so. */
    private static final String UNMARKED =
            """
            () => {
              const element = document.activeElement;
              if (!element || element === document.body) return '';
              if (element.type === 'datetime-local') return ''; // the browser marks its parts
              const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
              const isMarked = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
              return isMarked ? '' : element.outerHTML.slice(0, 200);
            }
            """;

    private static final Duration STARTED = Duration.ofMinutes(1);

    private static final int TABS = 40;

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    @BeforeAll
    static void giveSomethingToShow() throws Exception {
        DASHBOARD.startClient(Views.CLIENT, Views.IP, "127.0.0.3");
        for (int i = 0; i < 3; i++) {
            DASHBOARD.ping("site2", DOWN, "null");
        }
        await().atMost(STARTED)
                .until(() -> DASHBOARD.rest().rows("/conns").size(), Predicate.isEqual(1));
    }

    private static Locator row(Page page, String ip) {
        return page.locator("tr[data-ip='" + ip + "']");
    }

    /** Shows a view with all that it shows by and by. */
    private static void show(Page page, String name, String view) {
        page.evaluate("view => { location.hash = view; }", view);
        assertThat(page.locator("main h1")).isAttached();
        if (name.equals("task")) {
            page.locator("button[type=submit]").click();
            assertThat(page.locator("[data-pair]")).hasCount(2);
            page.locator("[data-pair] button").first().click();
            page.locator("details:not([open]) summary").click();
            assertThat(page.locator("details button").first()).isVisible();
        }
        page.evaluate("() => document.fonts.ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyView_hasNoSeriousFault(String scheme) throws Exception {
        Visit visit = scheme.equals("dark") ? Visit.usual().dark() : Visit.usual();
        Page page = DASHBOARD.open("", visit);
        for (Map.Entry<String, String> view : Views.of(page).entrySet()) {
            show(page, view.getKey(), view.getValue());
            Axe.assertNothingSerious(page);
        }
    }

    /** One view for each theme and mode, in turn: all of them with all of them take minutes. */
    @Test
    void everyTheme_isLegible() throws Exception {
        Page page = DASHBOARD.open("");
        List<Map.Entry<String, String>> views = List.copyOf(Views.of(page).entrySet());
        List<String> faults = new ArrayList<>();
        int turn = 0;
        for (Locator option : page.locator("#choose-theme option").all()) {
            String theme = option.getAttribute("value");
            for (String mode : List.of("light", "dark")) {
                if (choose(page, theme, mode)) {
                    Map.Entry<String, String> view = views.get(turn++ % views.size());
                    show(page, view.getKey(), view.getValue());
                    for (Object fault : Axe.faintTexts(page)) {
                        faults.add(view.getKey() + ", " + theme + ", " + mode + ": " + fault);
                    }
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    /** False where the theme has no such mode. */
    private static boolean choose(Page page, String theme, String mode) {
        page.locator("#choose-theme").selectOption(theme);
        assertThat(page.locator("link[data-theme]")).hasCount(1);
        assertThat(page.locator("link[data-theme]"))
                .hasAttribute("href", Pattern.compile("/themes/" + theme + ".css"));
        if (page.locator("#choose-mode").isDisabled()) {
            return mode.equals("dark");
        }
        page.locator("#choose-mode").selectOption(mode);
        assertThat(page.locator("html")).hasAttribute("data-scheme", mode);
        return true;
    }

    @Test
    void everyView_showsWhatHasTheFocus() {
        Page page = DASHBOARD.open("");
        for (Map.Entry<String, String> view : Views.of(page).entrySet()) {
            show(page, view.getKey(), view.getValue());
            for (int i = 0; i < TABS; i++) {
                page.keyboard().press("Tab");
                assertEquals("", page.evaluate(UNMARKED), view.getKey());
            }
        }
    }

    @Test
    void overview_isWalkedByKeysAlone() {
        Page page = DASHBOARD.open("");
        assertThat(row(page, Views.IP)).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.locator("a.skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();

        tabTo(page, page.getByRole(AriaRole.SEARCHBOX));
        page.keyboard().type("127.0.0.");
        assertThat(page.locator("tr[data-ip]")).hasCount(2);
        tabTo(page, page.locator("th button").nth(1));
        page.keyboard().press("Enter");
        assertThat(page.locator("th[aria-sort=ascending]")).containsText("Name");
        tabTo(page, row(page, Views.IP).locator("a").first());
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile("#/ip\\?ip=" + Views.IP));
        assertThat(page.locator("main")).isFocused();
    }

    @Test
    void task_isOrderedByKeysAlone() {
        Page page = DASHBOARD.open("#/task");
        tabTo(page, page.locator("#from-recorder"));
        page.keyboard().press("ArrowRight");
        tabTo(page, page.locator("#from-" + Views.CLIENT));
        page.keyboard().press("Space");
        tabTo(page, page.locator("#targets"));
        page.keyboard().type(Views.IP);
        tabTo(page, page.locator("#count"));
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().type("1");
        page.keyboard().press("Enter");
        assertThat(page.getByTestId("task-state")).containsText("1 sent, 1 received");
        tabTo(page, page.locator("[data-pair] button"));
        page.keyboard().press("Enter");
        assertThat(page.locator(".answers tbody tr")).hasCount(1);
    }

    /** Presses Tab until the focus is there; all that it passes must show that it has it. */
    private static void tabTo(Page page, Locator goal) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            assertEquals("", page.evaluate(UNMARKED), "what has the focus and does not show it");
            if ((boolean) goal.evaluate("element => element === document.activeElement")) {
                return;
            }
        }
        assertTrue(false, "Tab does not lead to " + goal);
    }
}
