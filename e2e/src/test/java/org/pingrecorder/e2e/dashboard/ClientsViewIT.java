package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.testnet.JarProcess;

/** The list of clients and the page of one; the recorder is empty for the first test alone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClientsViewIT {

    private static final Pattern ANY_DIGIT = Pattern.compile("\\d");

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    private static Locator row(Page page, String client) {
        return page.locator("tr[data-client='" + client + "']");
    }

    private static Locator fact(Page page, String fact) {
        return page.locator("[data-fact='" + fact + "'] dd");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static List<String> shown(Page page) {
        return page.locator("tr[data-client]").all().stream()
                .map(line -> line.getAttribute("data-client"))
                .toList();
    }

    private static void awaitPings(String client, int least) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> DASHBOARD.rest().pings("client=" + client).size() >= least);
    }

    private static void assertOk(String method, String path, String json) throws Exception {
        var answer = DASHBOARD.rest().call(method, path, json);
        assertEquals(200, answer.statusCode(), answer.body());
    }

    @Test
    @Order(1)
    void emptyRecorder_saysWhatToRun_andShowsTheClientByItself() throws Exception {
        Page page = DASHBOARD.open("#/clients");
        String recorder = DASHBOARD.address().toString().replaceAll("/$", "");
        assertThat(
                        page.getByText(
                                "java -jar client.jar run --recorder "
                                        + recorder
                                        + " --client site1 127.0.0.1"))
                .isVisible();
        DASHBOARD.startClient("site1", "127.0.0.2", "127.0.0.3");
        assertThat(row(page, "site1")).hasAttribute("data-state", "connected");
        assertThat(row(page, "site1")).containsText("127.0.0.1");
        assertThat(row(page, "site1")).containsText("No plan");
        assertThat(row(page, "site1").getByLabel("2 ips of site1 in the overview"))
                .hasAttribute("href", "#/?client=site1");
    }

    @Test
    @Order(2)
    void states_changeAsTheyHappen() throws Exception {
        Page page = DASHBOARD.open("#/clients");
        JarProcess client = DASHBOARD.startClient("site2", "127.0.0.4");
        assertThat(row(page, "site2")).hasAttribute("data-state", "connected");
        awaitPings("site2", 1);
        assertEquals(0, client.terminate(), client.output());
        int before = DASHBOARD.rest().pings("client=site2").size();
        assertThat(row(page, "site2")).containsText("Stopped");
        assertThat(page.getByTestId("status-stopped")).containsText("1");
        assertThat(row(page, "site2").locator(".cell-spool")).not().containsText(ANY_DIGIT);
        client = DASHBOARD.startClient("site2", "127.0.0.4");
        assertThat(row(page, "site2")).hasAttribute("data-state", "connected");
        awaitPings("site2", before + 1);
        client.kill();
        assertThat(row(page, "site2")).containsText("Lost");

        DASHBOARD.ping("program", "192.0.2.1", "12");
        assertThat(row(page, "program")).containsText("Delivering");
        assertThat(page.getByTestId("status-connected")).containsText("1");
        assertThat(page.getByTestId("status-delivering")).containsText("1");
        assertOk("PUT", "/clients/later/plan", "{\"interval_ms\":1000,\"targets\":[]}");
        assertThat(row(page, "later")).containsText("Never seen");
        assertThat(row(page, "later")).containsText("Followed when it is back");
    }

    @Test
    @Order(3)
    void searchFilterAndOrder_chooseRows_andAreTheLink() throws Exception {
        assertOk(
                "PATCH",
                "/clients/later",
                "{\"tags\":[\"north\"],\"note\":\"Roof of building 7\"}");
        Page page = DASHBOARD.open("#/clients?sort=client");
        assertThat(row(page, "later")).containsText("north");
        assertEquals(List.of("later", "program", "site1", "site2"), shown(page));
        button(page, "Client").click();
        assertThat(page.locator("tr[data-client]").first()).containsText("site2");
        page.getByRole(AriaRole.SEARCHBOX).fill("building 7");
        assertThat(page.locator("tr[data-client]")).hasCount(1);
        Page again = DASHBOARD.open(page.url().replaceAll(".*/", "#/"));
        assertThat(row(again, "later")).isVisible();
        assertThat(again.locator("tr[data-client]")).hasCount(1);

        page.getByRole(AriaRole.SEARCHBOX).fill("");
        page.getByLabel("Tag", new Page.GetByLabelOptions().setExact(true)).selectOption("north");
        assertThat(page.locator("tr[data-client]")).hasCount(1);
        page.getByLabel("State", new Page.GetByLabelOptions().setExact(true)).selectOption("lost");
        assertThat(page.getByText("No client is like this.")).isVisible();
        button(page, "Clear filters").click();
        assertThat(page.locator("tr[data-client]")).hasCount(4);
    }

    @Test
    @Order(4)
    void page_tellsAllOfAClient() {
        Page page = DASHBOARD.open("#/clients");
        row(page, "site1")
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName("site1").setExact(true))
                .click();
        assertThat(page.locator("h1")).hasText("site1");
        assertThat(fact(page, "address")).hasText("127.0.0.1");
        assertThat(fact(page, "version")).containsText(Pattern.compile("\\d+\\.\\d+"));
        assertThat(fact(page, "capabilities")).containsText("IPv4");
        assertThat(fact(page, "installation")).hasText(Pattern.compile("[0-9a-f-]{8,}"));
        assertThat(fact(page, "plan")).containsText("No plan");
        assertThat(fact(page, "spool")).containsText(Pattern.compile("\\d"));
        assertThat(fact(page, "offset")).containsText("ms");
        assertThat(page.locator("tr[data-ip='127.0.0.2']")).containsText("Up");
        page.getByText("Show in the overview").click();
        assertThat(page.locator("tr[data-ip]")).hasCount(2);
    }

    @Test
    @Order(5)
    void completeness_isAFigureWithItsReasons() {
        Page page = DASHBOARD.open("#/clients/site2?window=5m");
        // Slots are expected 15 s after they were due, and the page asks every 10 s.
        assertThat(page.locator("tr[data-reason='stopped']"))
                .containsText(
                        "The client was stopped",
                        new LocatorAssertions.ContainsTextOptions().setTimeout(40_000));
        assertThat(page.getByTestId("complete")).containsText("%");
        assertThat(page.getByLabel("Missing pings by time and reason").locator("canvas"))
                .isVisible();
    }

    @Test
    @Order(5)
    void metricsOfTheHost_areCharts_thatSayTheirValuesToo() {
        Page page = DASHBOARD.open("#/clients/site1?window=5m");
        for (String metric : List.of("cpu", "memory", "load", "resident")) {
            Locator panel = page.locator("[data-metric='" + metric + "']");
            assertThat(panel.locator("canvas")).isVisible();
            assertThat(panel.locator("figcaption")).containsText(Pattern.compile("\\d.* last"));
        }
    }

    @Test
    @Order(6)
    void tagsAndNote_areSaved_andWhatIsWrongIsSaidWithoutLosingThem() {
        DASHBOARD.expectComplaints("status of 400");
        Page page = DASHBOARD.open("#/clients/site1");
        Locator tags = page.locator("#client-tags");
        Locator note = page.locator("#client-note");
        tags.fill("core, n/a");
        note.fill("Cupboard <b>3</b>");
        button(page, "Save").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("a tag is 1 to 64 letters");
        page.getByLabel("Language").selectOption("vi");
        assertThat(tags).hasValue("core, n/a");
        assertThat(note).hasValue("Cupboard <b>3</b>");
        tags.fill("core");
        button(page, "Lưu").click();
        assertThat(page.getByText("Đã lưu nhãn và ghi chú của site1.")).isVisible();
        page.reload();
        assertThat(tags).hasValue("core");
        assertThat(note).hasValue("Cupboard <b>3</b>");
    }

    @Test
    @Order(7)
    void removal_isAskedFor_andRefusedInTheApisWords() {
        DASHBOARD.expectComplaints("status of 409");
        Page page = DASHBOARD.open("#/clients/site1");
        button(page, "Take off the list").click();
        assertThat(page.getByRole(AriaRole.DIALOG))
                .containsText("with its plan, its tags, its note and its 2 ips");
        button(page, "Yes, take it off").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("is connected; stop it first");
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);

        page.navigate(DASHBOARD.address() + "#/clients/later");
        button(page, "Take off the list").click();
        button(page, "Yes, take it off").click();
        assertThat(row(page, "site1")).isVisible();
        assertThat(row(page, "later")).hasCount(0);
    }

    @Test
    @Order(8)
    void client_thatIsNotThere_isSaidAndLeadsBack() {
        Page page = DASHBOARD.open("#/clients/nobody");
        DASHBOARD.expectComplaints("status of 404");
        assertThat(page.getByText("There is no client of this name.")).isVisible();
        page.getByRole(AriaRole.MAIN).getByRole(AriaRole.LINK).click();
        assertThat(row(page, "site1")).isVisible();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#/clients", "#/clients/site1"})
    @Order(9)
    void page_hasNoSeriousFaultOfAccessibility(String view) throws Exception {
        for (Visit visit : List.of(Visit.usual(), Visit.usual().dark().in("vi"))) {
            Page page = DASHBOARD.open(view, visit);
            assertThat(page.getByText("127.0.0.1").first()).isVisible();
            Axe.assertNothingSerious(page);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"#/clients", "#/clients/site1"})
    @Order(10)
    void page_onAPhone_isNotWiderThanIt(String view) {
        Page page = DASHBOARD.open(view, Visit.usual().onPhone());
        assertThat(page.getByText("site1").first()).isVisible();
        assertEquals(
                true,
                page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"));
    }

    @Test
    @Order(11)
    void counter_isDrawnAsWhatItRoseBy_withHolesWhereNothingWasTold() {
        Page page = DASHBOARD.open("#/clients");
        Object drawn =
                page.evaluate(
                        """
                        async () => {
                          const { panels } = await import('/dashboard/views/clients/metric-panels.js');
                          const told = [[0, 100], [10, 300], [20, 50], [30, 150], [40, null], [100, 850]];
                          const [{ id, series }] = panels(told.map(([second, value]) => ({
                            name: 'net_sent_bytes{interface="eth0"}', start: new Date(second * 1000).toISOString(),
                            samples: value === null ? 0 : 1, min: value, avg: value, max: value, last: value,
                          })));
                          return JSON.stringify([id, series[0].label, series[0].points.map(({ avg }) => avg)]);
                        }
                        """);
        // From 300 to 50 it began anew; from 30 s to 100 s is a hole.
        assertEquals("[\"network\",\"eth0\",[20,null,10,null,10]]", drawn);
    }

    @Test
    @Order(11)
    void rate_ofABucketThatIsNotFull_isLeftOut() {
        Page page = DASHBOARD.open("#/clients");
        Object drawn =
                page.evaluate(
                        """
                        async () => {
                          const { panels } = await import('/dashboard/views/clients/metric-panels.js');
                          const told = [[0, 3, 90], [30, 3, 180], [60, 3, 270], [90, 1, 300]];
                          const [{ series }] = panels(told.map(([second, samples, value]) => ({
                            name: 'client_delivered_pings', start: new Date(second * 1000).toISOString(),
                            samples, min: value, avg: value, max: value, last: value,
                          })));
                          return JSON.stringify(series[0].points.map(({ avg }) => avg));
                        }
                        """);
        assertEquals("[3,3]", drawn);
    }

    @Test
    @Order(11)
    void axis_ofBytes_hasStepsThatAreWhole() {
        Page page = DASHBOARD.open("#/clients");
        Object steps =
                page.evaluate(
                        """
                        async () => {
                          const { metricChart } = await import('/dashboard/views/clients/metric-chart.js');
                          const MIB = 1024 * 1024;
                          const points = [{ at: 0, min: 0, avg: 98 * MIB, max: 98 * MIB }];
                          const panel = { id: 'resident', title: null, unit: 'bytes', series: [{ name: 'resident', label: null, points }] };
                          const { yAxis } = metricChart(panel, 60_000)({});
                          return JSON.stringify([yAxis.interval / MIB, yAxis.max / MIB]);
                        }
                        """);
        assertEquals("[50,100]", steps);
    }

    @Test
    @Order(12)
    void start_isSeenInTheIpsOfAClient() throws Exception {
        Page page = DASHBOARD.open("#/clients/site1");
        Locator ip = page.locator("tr[data-ip='127.0.0.2']");
        button(page, "Pause").click();
        assertThat(ip).containsText("Paused");
        button(page, "Start").click();
        assertThat(ip).containsText("Up");
    }

    @Test
    @Order(12)
    void fail_countsLateReplies_asEverywhereElse() throws Exception {
        var answer =
                DASHBOARD
                        .rest()
                        .post(
                                "/record-ping/slow",
                                "{\"ip\":\"192.0.2.9\",\"latency_ms\":3000,\"outcome\":\"late\"}");
        assertEquals(200, answer.statusCode(), answer.body());
        Page page = DASHBOARD.open("#/clients?sort=-fail");
        assertThat(page.locator("th[aria-sort=descending]")).hasText(Pattern.compile("Fail"));
        assertThat(page.locator("tr[data-client]").first()).hasAttribute("data-client", "slow");
        assertThat(row(page, "slow")).containsText("100%");
    }

    @Test
    @Order(13)
    void figuresOfOneWindow_areNotShownForAnother() {
        Page page = DASHBOARD.open("#/clients/site1?window=5m");
        assertThat(page.getByTestId("complete")).isVisible();
        page.route(Pattern.compile("/completeness\\?"), route -> {}); // never answered
        page.getByLabel("Window").selectOption("24h");
        assertThat(page.getByTestId("complete")).hasCount(0);
        assertThat(page.locator("section[aria-labelledby=completeness]")).containsText("Loading");
    }
}
