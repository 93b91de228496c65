package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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
    void everyTheme_isThereAndLoadsNothingFromElsewhere() {
        Page page = DASHBOARD.open("");
        for (String name : theme(page).locator("option").allTextContents()) {
            theme(page).selectOption(name.toLowerCase(Locale.ROOT));
            assertThat(page.locator("link#theme"))
                    .hasAttribute(
                            "href",
                            Pattern.compile("/themes/" + name + ".css", Pattern.CASE_INSENSITIVE));
            assertThat(page.locator("link[rel=stylesheet][href*='/themes/']")).hasCount(1);
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
    void bothLanguages_haveTheSameMessages() throws Exception {
        Page page = DASHBOARD.open("");
        Object missing =
                page.evaluate(
                        """
                        async () => {
                          const read = async (code) => (await fetch(`/dashboard/i18n/${code}.json`)).json();
                          const PLURALS = ['zero', 'one', 'two', 'few', 'many', 'other'];
                          const keys = (tree, path = '') => Object.entries(tree).flatMap(([key, value]) =>
                            PLURALS.includes(key) ? [path] : typeof value === 'object' ? keys(value, `${path}.${key}`) : [`${path}.${key}`]);
                          const codes = await (await fetch('/dashboard/lib/languages.json')).json();
                          const all = keys(await read('en'));
                          const missing = [];
                          for (const code of codes) {
                            const there = new Set(keys(await read(code)));
                            missing.push(...all.filter((key) => !there.has(key)).map((key) => code + key));
                          }
                          return missing.join(' ');
                        }
                        """);
        assertEquals("", missing);
    }

    @Test
    void address_ofNoView_saysSoAndLeadsBack() {
        Page page = DASHBOARD.open("#/nowhere");
        assertThat(page.getByText("There is no such view.")).isVisible();
        page.getByRole(AriaRole.MAIN).getByRole(AriaRole.LINK).click();
        assertThat(page).hasURL(Pattern.compile("#/$"));
    }
}
