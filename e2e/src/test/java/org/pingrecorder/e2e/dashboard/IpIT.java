package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pingrecorder.e2e.dashboard.IpPage.across;
import static org.pingrecorder.e2e.dashboard.IpPage.awaitFrom;
import static org.pingrecorder.e2e.dashboard.IpPage.button;
import static org.pingrecorder.e2e.dashboard.IpPage.drawn;
import static org.pingrecorder.e2e.dashboard.IpPage.exact;
import static org.pingrecorder.e2e.dashboard.IpPage.figure;
import static org.pingrecorder.e2e.dashboard.IpPage.gaps;
import static org.pingrecorder.e2e.dashboard.IpPage.hatched;
import static org.pingrecorder.e2e.dashboard.IpPage.middle;
import static org.pingrecorder.e2e.dashboard.IpPage.outages;
import static org.pingrecorder.e2e.dashboard.IpPage.plot;
import static org.pingrecorder.e2e.dashboard.IpPage.shown;
import static org.pingrecorder.e2e.dashboard.IpPage.text;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One ip in detail: its smoke graph, its numbers and its outages. */
final class IpIT {

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    /** Long enough ago that all of it is decided. */
    private final Instant start =
            Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MINUTES);

    private PostedPings pings(String client, String ip) {
        return new PostedPings(DASHBOARD.rest(), client, ip, start);
    }

    private String view(String ip, int fromSecond, int toSecond) {
        return IpPage.view(ip, start.plusSeconds(fromSecond), start.plusSeconds(toSecond));
    }

    @Test
    void graph_showsLossLateOutagesAndGaps_andFillsWhatIsDeliveredLater() throws Exception {
        PostedPings pings =
                pings("site1", "192.0.2.10")
                        .post("r".repeat(300) + "rt".repeat(30))
                        .post("r".repeat(60) + "t".repeat(60) + "r".repeat(60))
                        .post("u".repeat(10) + "r".repeat(50) + "l".repeat(5) + "mmmmm")
                        .gap(120, "dropped")
                        .post("r".repeat(60) + "c".repeat(30) + "r".repeat(30));
        Page page = DASHBOARD.open(view("192.0.2.10", 0, 1_500));
        assertThat(page.getByTestId("charts")).hasAttribute("data-step", "5s");
        assertThat(figure(page, "site1", "sent")).hasText("695");
        assertThat(figure(page, "site1", "received")).hasText("590");
        assertThat(figure(page, "site1", "lost")).hasText("100");
        assertThat(figure(page, "site1", "late")).hasText("5");
        assertThat(figure(page, "site1", "notSent")).hasText("5");
        assertThat(figure(page, "site1", "cutOff")).hasText("30");
        assertThat(figure(page, "site1", "min")).hasText("20.0 ms");
        assertThat(figure(page, "site1", "max")).hasText("29.0 ms");
        assertThat(figure(page, "site1", "median")).hasText(Pattern.compile("2[45]\\.\\d ms"));
        assertThat(figure(page, "site1", "disconnected")).hasText("1 min 10 secs");

        assertThat(outages(page)).hasCount(3);
        assertThat(outages(page).nth(0)).containsText("Client cut off");
        assertThat(outages(page).nth(1)).containsText("unreachable type 3 code 1 from 192.0.2.254");
        assertThat(outages(page).nth(2)).containsText("1 min");
        assertThat(gaps(page, "waiting")).containsText("Not delivered yet");
        assertThat(gaps(page, "gap").filter(new Locator.FilterOptions().setHasText("Dropped")))
                .hasCount(1);
        assertThat(gaps(page, "gap").filter(new Locator.FilterOptions().setHasText("cut off")))
                .hasCount(1);
        assertThat(gaps(page, "gap").filter(new Locator.FilterOptions().setHasText("Not sent")))
                .hasCount(1);

        // Medians without loss, of half lost, loss bars of all lost; outages; late and waiting.
        assertTrue(drawn(page, "--pr-client-1") >= 60);
        assertTrue(drawn(page, "--pr-loss-4") + drawn(page, "--pr-loss-5") >= 12);
        assertTrue(drawn(page, "--pr-lost") >= 4);
        assertTrue(drawn(page, "--pr-unknown") >= 1);
        assertTrue(hatched(page) >= 3);

        page.mouse().move(across(page, 0.45), middle(page));
        assertThat(page.locator(".tooltip-row").filter(text("Dropped: the client's spool")))
                .containsText("5 pings");
        page.mouse().move(across(page, 0.9), middle(page));
        assertThat(page.locator(".tooltip-row").filter(text("Not delivered yet"))).isVisible();

        pings.post("r".repeat(650));
        assertThat(gaps(page, "waiting")).hasCount(0);
        assertThat(figure(page, "site1", "received")).hasText("1,240");
        assertThat(figure(page, "site1", "complete")).hasText("92%");
    }

    @Test
    void shortWindow_showsEachPing_withItsOutcomeAndCause() throws Exception {
        pings("site2", "192.0.2.20")
                .post("r".repeat(20) + "t" + "r".repeat(19) + "u" + "r".repeat(19))
                .post("m" + "r".repeat(19) + "l" + "r".repeat(19));
        Page page = DASHBOARD.open(view("192.0.2.20", 0, 100));
        await().until(() -> drawn(page, "--pr-unreachable") > 0);
        assertEquals(1, drawn(page, "--pr-late") - hatchedEdges(page));
        page.mouse().move(across(page, 0.402), middle(page));
        Locator tooltip = page.locator(".tooltip-row");
        assertThat(tooltip.filter(text("Unreachable"))).isVisible();
        assertThat(tooltip.filter(text("192.0.2.254"))).isVisible();
        assertThat(tooltip.filter(text("3 / 1"))).isVisible();
        page.mouse().move(across(page, 0.602), middle(page));
        assertThat(tooltip.filter(text("receive_overflow"))).isVisible();
        page.mouse().move(across(page, 0.802), middle(page));
        assertThat(tooltip.filter(text("Late")).first()).containsText("2,346 ms");
        page.mouse().move(across(page, 0.25), middle(page));
        assertThat(tooltip.filter(text("Reply"))).containsText(Pattern.compile("2\\d\\.0 ms"));
    }

    /** Bars of late replies have an edge of their color. */
    private static int hatchedEdges(Page page) {
        Object count =
                page.evaluate(
                        """
                        async () => {
                          const { getInstanceByDom } = await import('/dashboard/lib/echarts.js');
                          const chart = getInstanceByDom(document.querySelector('.plot [role=img]'));
                          return chart.getZr().storage.getDisplayList()
                            .filter(({ style }) => style.fill?.image && style.stroke).length;
                        }
                        """);
        return ((Number) count).intValue();
    }

    @Test
    void zoomAndMove_byMouseKeysAndButtons_changeTheLinkAndTheStep() throws Exception {
        pings("site3", "192.0.2.30").post("r".repeat(3_600));
        Page page = DASHBOARD.open(view("192.0.2.30", 0, 3_600));
        assertThat(page.getByTestId("charts")).hasAttribute("data-step", "10s");
        page.mouse().move(across(page, 0.5), middle(page));
        page.mouse().down();
        page.mouse().move(across(page, 0.55), middle(page), new Mouse.MoveOptions().setSteps(4));
        page.mouse().up();
        assertThat(page.getByTestId("charts")).hasAttribute("data-step", "5s");
        assertTrue(Math.abs(shown(page).toSeconds() - 180) < 10, page.url());
        awaitFrom(page, start.plusSeconds(1_800));
        assertThat(figure(page, "site3", "sent")).hasText(Pattern.compile("1[78]\\d"));

        plot(page).focus();
        page.keyboard().press("ArrowRight");
        awaitFrom(page, start.plusSeconds(1_818));
        page.keyboard().press("-");
        await().until(() -> Math.abs(shown(page).toSeconds() - 360) < 20);
        button(page, "Zoom out").click();
        await().until(() -> Math.abs(shown(page).toSeconds() - 720) < 40);
        button(page, "Earlier").click();
        awaitFrom(page, start.plusSeconds(1_190));

        page.mouse().move(across(page, 0), middle(page));
        page.keyboard().down("Control");
        for (int i = 0; i < 20; i++) {
            page.mouse().wheel(0, 200);
        }
        page.keyboard().up("Control");
        await().until(() -> shown(page).toDays() > 365);
        assertThat(page.getByTestId("charts")).hasAttribute("data-step", Pattern.compile("[dwh]"));
        button(page, "Zoom in").click();
        await().until(() -> shown(page).toDays() > 180);
    }

    @Test
    void link_showsTheSameToWhoeverOpensIt() throws Exception {
        pings("site4", "192.0.2.40").post("r".repeat(60) + "ttt" + "r".repeat(57));
        Page page = DASHBOARD.open(view("192.0.2.40", 30, 90) + "&scale=log");
        assertThat(figure(page, "site4", "sent")).hasText("60");
        assertThat(figure(page, "site4", "lost")).hasText("3");
        Page other = DASHBOARD.open(page.url().replaceAll(".*#", "#"), Visit.usual().in("vi-VN"));
        assertThat(figure(other, "site4", "sent")).hasText("60");
        assertThat(figure(other, "site4", "lost")).hasText("3");
        assertThat(other.getByLabel("Trục độ trễ")).hasValue("log");
        assertThat(outages(other)).hasCount(1);

        outages(page).getByRole(AriaRole.LINK).click();
        awaitFrom(page, start.plusSeconds(30));
        assertThat(figure(page, "site4", "lost")).hasText("3");
    }

    @Test
    void clients_areShownTogetherOrSideBySide() throws Exception {
        pings("north", "192.0.2.50").post("r".repeat(120));
        pings("south", "192.0.2.50").post("r".repeat(60) + "t".repeat(60));
        Page page = DASHBOARD.open(view("192.0.2.50", 0, 120) + "&client=north");
        assertThat(figure(page, "north", "loss")).hasText("0%");
        assertThat(figure(page, "south", "loss")).hasCount(0);
        page.getByLabel("south", exact()).check();
        assertThat(figure(page, "south", "loss")).hasText("50%");
        assertThat(page.locator(".plot")).hasCount(1);
        assertTrue(drawn(page, "--pr-client-1") > 0);
        assertTrue(drawn(page, "--pr-client-2") > 0);
        for (String place : List.of("h1 ~ span", "label", "[data-testid=own-colors]")) {
            assertThat(page.locator(place + " .client-line")).hasCount(2);
        }
        page.getByLabel("Side by side").check();
        assertThat(page.locator(".plot")).hasCount(2);
        assertThat(page.locator("figcaption")).hasText(new String[] {"north", "south"});
        page.reload();
        assertThat(page.locator(".plot")).hasCount(2);
        page.getByLabel("north", exact()).uncheck();
        assertThat(page.locator(".plot")).hasCount(1);
        assertThat(outages(page)).hasCount(1);
        assertThat(page.getByTestId("own-colors")).hasCount(0);
    }

    @ParameterizedTest
    @CsvSource({"en-GB", "vi-VN"})
    void numbers_areNotCutOff(String locale) throws Exception {
        pings("hanoi-branch-office-02", "192.0.2.51").post("r".repeat(110) + "tttttttttt");
        Page page =
                DASHBOARD.open(
                        view("192.0.2.51", 0, 120), Visit.usual().sized(1_280, 900).in(locale));
        assertThat(figure(page, "hanoi-branch-office-02", "lost")).hasText("10");
        assertEquals(
                true,
                page.evaluate(
                        """
                        () => {
                          const box = document.querySelector('[data-testid=statistics]').parentElement;
                          return box.scrollWidth <= box.clientWidth;
                        }
                        """));
    }

    @Test
    void chart_followsTheThemeWithoutReload_andLeavesNothingBehind() throws Exception {
        pings("site5", "192.0.2.52").post("r".repeat(60));
        Page page = DASHBOARD.open(view("192.0.2.52", 0, 60));
        await().until(() -> drawn(page, "--pr-client-1") > 0);
        String light = color(page);
        page.mouse().move(across(page, 0.5), middle(page));
        assertThat(page.locator(".tooltip-row").first()).isVisible();
        page.getByLabel("Light or dark").selectOption("dark");
        assertThat(page.locator("html")).hasAttribute("data-scheme", "dark");
        assertNotEquals(light, color(page));
        await().until(() -> drawn(page, "--pr-client-1") > 0);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Overview")).click();
        assertThat(page.locator("canvas")).hasCount(0);
        assertThat(page.locator(".tooltip-row")).hasCount(0);
    }

    private static String color(Page page) {
        return (String)
                page.evaluate(
                        "() =>"
                            + " getComputedStyle(document.documentElement).getPropertyValue('--pr-client-1')");
    }

    @Test
    void gapOfAllClients_isInTheChart_andOneOfSomeInTheirStrips() throws Exception {
        pings("east", "192.0.2.51").post("r".repeat(40)).gap(40, "paused").post("r".repeat(40));
        pings("west", "192.0.2.51").post("r".repeat(60)).gap(40, "stopped").post("r".repeat(20));
        Page page = DASHBOARD.open(view("192.0.2.51", 0, 120));
        assertThat(gaps(page, "gap")).hasCount(2);
        await().until(() -> drawn(page, "--pr-unknown"), Predicate.isEqual(3));
        page.getByLabel("Side by side").check();
        assertThat(page.locator(".plot")).hasCount(2);
        await().until(() -> drawn(page, "--pr-unknown"), Predicate.isEqual(1));
    }

    @Test
    void liveView_scrollsAndShowsPingsAsTheyCome() throws Exception {
        DASHBOARD.startClient("live", "127.0.0.5");
        Page page = DASHBOARD.open("#/ip?ip=127.0.0.5&client=live&window=1m");
        assertThat(page.getByTestId("live")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator("span[data-client=live]")).containsText("Up");
        await().atMost(Duration.ofSeconds(30)).until(() -> drawn(page, "--pr-client-1") > 20);
        assertThat(figure(page, "live", "received")).hasText(Pattern.compile("[1-9]\\d*"));
        String before = page.getByLabel("To", exact()).inputValue();
        await().until(() -> !page.getByLabel("To", exact()).inputValue().equals(before));

        // Time goes on, but not in the field that somebody is about to change.
        page.getByLabel("To", exact()).focus();
        String typed = page.getByLabel("To", exact()).inputValue();
        String from = page.getByLabel("From", exact()).inputValue();
        await().until(() -> !page.getByLabel("From", exact()).inputValue().equals(from));
        assertEquals(typed, page.getByLabel("To", exact()).inputValue());

        page.getByTestId("live").click();
        assertThat(page.getByTestId("live")).hasAttribute("aria-pressed", "false");
        assertEquals(60, shown(page).toSeconds());
        page.getByTestId("live").click();
        assertThat(page).hasURL(Pattern.compile("window=1m"));
        assertFalse(page.url().contains("from="), page.url());
    }

    @Test
    void ipThatIsNotNamed_orNobodyPings_isSaid() {
        Page page = DASHBOARD.open("#/ip");
        assertThat(page.getByText("No ip is named.")).isVisible();
        Page other = DASHBOARD.open("#/ip?ip=192.0.2.199&window=5m");
        assertThat(other.getByText("Nobody has pinged this ip in this window.")).isVisible();
    }

    @Test
    void faultOfTheApi_isShownInItsWords() {
        DASHBOARD.expectComplaints("400");
        Page page = DASHBOARD.open("#/ip?ip=not%20an%20address&window=5m");
        assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("ip");
    }

    @Test
    void nameThatLooksLikeMarkup_isText() throws Exception {
        String name = "<img src=x onerror=document.title='taken'>";
        DASHBOARD.register(
                "{\"ip\":\"192.0.2.60\",\"client\":\"site6\",\"name\":\"" + name + "\"}");
        pings("site6", "192.0.2.60").post("r".repeat(60));
        Page page = DASHBOARD.open(view("192.0.2.60", 0, 60));
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(name);
        assertThat(page.locator("main img")).hasCount(0);
        page.mouse().move(across(page, 0.5), middle(page));
        assertThat(page.locator(".tooltip-row").first()).isVisible();
    }

    @ParameterizedTest
    @CsvSource({"light, en-GB", "dark, vi-VN"})
    void page_hasNoSeriousFaultOfAccessibility(String scheme, String locale) throws Exception {
        String ip = scheme.equals("dark") ? "192.0.2.71" : "192.0.2.70";
        for (String client : List.of("east", "west")) {
            pings(client, ip).post("r".repeat(30) + "t".repeat(30) + "mm" + "r".repeat(28));
        }
        Visit visit = Visit.usual().in(locale);
        Page page = DASHBOARD.open(view(ip, 0, 120), scheme.equals("dark") ? visit.dark() : visit);
        assertThat(outages(page)).hasCount(2);
        assertThat(figure(page, "east", "lost")).hasText("30");
        Axe.assertNothingSerious(page);
    }

    @Test
    void page_onAPhone_isNotWiderThanIt() throws Exception {
        pings("site8", "192.0.2.80").post("r".repeat(60) + "ttt" + "r".repeat(57));
        Page page = DASHBOARD.open(view("192.0.2.80", 0, 120), Visit.usual().onPhone());
        assertThat(figure(page, "site8", "lost")).hasText("3");
        assertEquals(
                true,
                page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"));
    }
}
