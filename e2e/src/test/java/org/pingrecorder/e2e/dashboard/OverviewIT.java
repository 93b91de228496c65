package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every ip at a glance; the recorder is empty for the first two of the tests alone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class OverviewIT {

    private static final String DOWN_AT_ONCE = "null";

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    private static Locator row(Page page, String ip) {
        return page.locator("tr[data-ip='" + ip + "']");
    }

    private static List<String> shown(Page page) {
        return page.locator("tr[data-ip]").all().stream()
                .map(row -> row.getAttribute("data-ip"))
                .toList();
    }

    private static void takeDown(String ip) throws Exception {
        for (int i = 0; i < 3; i++) {
            DASHBOARD.ping("site2", ip, DOWN_AT_ONCE);
        }
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static Locator sort(Page page, String column) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(column));
    }

    @Test
    @Order(1)
    void emptyRecorder_saysWhatToRun_andShowsItsPingsByItself() throws Exception {
        Page page = DASHBOARD.open("");
        String recorder = DASHBOARD.address().toString().replaceAll("/$", "");
        assertThat(
                        page.getByText(
                                "java -jar client.jar run --recorder "
                                        + recorder
                                        + " --client site1 127.0.0.1"))
                .isVisible();
        DASHBOARD.startClient("site1", "127.0.0.2", "127.0.0.3");
        assertThat(row(page, "127.0.0.2")).containsText("Up");
        assertThat(row(page, "127.0.0.3")).containsText(Pattern.compile("0\\.\\d+ ms.*100"));
        assertThat(page.getByTestId("status-connected")).containsText("1");
        assertThat(page.getByTestId("status-pingsPerSecond")).containsText("2");
    }

    @Test
    @Order(0)
    void emptyRecorder_leadsToThePlanOfATag_andSaysWhatOtherMachinesNeed() {
        Page page = DASHBOARD.open("#/control");
        assertThat(page.getByText("RECORDER_HOST=0.0.0.0 RECORDER_OPEN=true")).isVisible();
        page.getByText("Prepare the plan of a tag").click();
        page.locator("#control-tag").fill("north");
        page.keyboard().press("Enter");
        assertThat(page.getByText("Plan of the tag north")).isVisible();
    }

    @Test
    @Order(2)
    void stateThatChanges_isSeenWithoutDrawingOtherRowsAnew() throws Exception {
        DASHBOARD.ping("site2", "192.0.2.1", "10");
        DASHBOARD.ping("site2", "192.0.2.2", "20");
        Page page = DASHBOARD.open("#/?client=site2&sort=ip");
        assertThat(row(page, "192.0.2.1")).containsText("Up");
        row(page, "192.0.2.2").evaluate("row => { row.isTheSame = true; }");

        takeDown("192.0.2.1");
        assertThat(row(page, "192.0.2.1")).containsText("Down");
        assertThat(row(page, "192.0.2.1")).hasClass(Pattern.compile("failing"));
        assertThat(row(page, "192.0.2.1")).containsText("Most pings fail");
        assertThat(page.getByTestId("status-down")).containsText("1");
        assertEquals(true, row(page, "192.0.2.2").evaluate("row => row.isTheSame"));

        DASHBOARD.ping("site2", "192.0.2.1", "10");
        assertThat(row(page, "192.0.2.1")).containsText("Up");
    }

    @Test
    @Order(3)
    void order_isKeptAsValuesChange_andIsPartOfTheLink() throws Exception {
        for (int i = 1; i <= 3; i++) {
            DASHBOARD.ping("site3", "192.0.2.3" + i, Integer.toString(10 * i));
        }
        Page page = DASHBOARD.open("#/?client=site3");
        sort(page, "Last latency").click();
        assertThat(page.locator("th[aria-sort=descending]")).containsText("Last latency");
        assertEquals(List.of("192.0.2.33", "192.0.2.32", "192.0.2.31"), shown(page));
        DASHBOARD.ping("site3", "192.0.2.31", "99");
        assertThat(page.locator("tr[data-ip]").first()).containsText("192.0.2.31");

        Page again = DASHBOARD.open(page.url().replaceAll(".*#", "#"));
        assertThat(again.locator("tr[data-ip]").first()).containsText("192.0.2.31");
        sort(page, "Last latency").click();
        assertThat(page.locator("tr[data-ip]").last()).containsText("192.0.2.31");
    }

    @Test
    @Order(4)
    void search_filterAndGroups_chooseRows() throws Exception {
        DASHBOARD.register("{\"ip\":\"192.0.2.41\",\"client\":\"site4\",\"name\":\"Core router\"}");
        DASHBOARD.register("{\"ip\":\"192.0.2.42\",\"client\":\"site4\"}");
        DASHBOARD.ping("site5", "192.0.2.42", "5");
        Page page = DASHBOARD.open("");
        page.getByRole(AriaRole.SEARCHBOX).fill("core");
        assertThat(page.locator("tr[data-ip]")).hasCount(1);
        page.getByRole(AriaRole.SEARCHBOX).fill("192.0.2.4");
        assertThat(page.locator("tr[data-ip]")).hasCount(3);
        page.getByLabel("State", new Page.GetByLabelOptions().setExact(true))
                .selectOption("unknown");
        assertThat(page.locator("tr[data-ip]")).hasCount(2);
        page.getByLabel("State", new Page.GetByLabelOptions().setExact(true)).selectOption("");
        page.getByLabel("Group").selectOption("ip");
        assertThat(page.locator("tr.group")).hasCount(2);
        assertThat(page.locator("tr.group").first()).containsText("client");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("192.0.2.42")).click();
        assertThat(page.locator("tr[data-ip]")).hasCount(1);
        page.getByRole(AriaRole.SEARCHBOX).fill("no such thing");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Clear filters"))
                .click();
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).hasValue("");
    }

    @Test
    @Order(5)
    void tag_ofAClient_choosesItsIps() throws Exception {
        DASHBOARD.ping("site6", "192.0.2.61", "5");
        assertEquals(
                200,
                DASHBOARD
                        .rest()
                        .call("PATCH", "/clients/site6", "{\"tags\":[\"north\"]}")
                        .statusCode());
        Page page = DASHBOARD.open("#/?tag=north");
        assertThat(page.locator("tr[data-ip]")).hasCount(1);
        assertThat(row(page, "192.0.2.61")).isVisible();
    }

    @Test
    @Order(6)
    void name_thatLooksLikeMarkup_isText() throws Exception {
        String name = "<img src=x onerror=document.title='taken'>";
        DASHBOARD.register(
                "{\"ip\":\"192.0.2.71\",\"client\":\"site7\",\"name\":\"" + name + "\"}");
        Page page = DASHBOARD.open("#/?client=site7");
        assertThat(row(page, "192.0.2.71")).containsText(name);
        assertThat(page.locator("main img")).hasCount(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    @Order(7)
    void page_hasNoSeriousFaultOfAccessibility(String scheme) throws Exception {
        takeDown("192.0.2.81");
        Visit visit = scheme.equals("dark") ? Visit.usual().dark() : Visit.usual();
        Page page = DASHBOARD.open("#/?group=client", visit);
        assertThat(row(page, "192.0.2.81")).containsText("Down");
        Axe.assertNothingSerious(page);
    }

    @Test
    @Order(8)
    void page_onAPhone_isNotWiderThanIt() {
        Page page = DASHBOARD.open("", Visit.usual().onPhone());
        assertThat(row(page, "127.0.0.2")).isVisible();
        assertEquals(
                true,
                page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"));
        // What tells two clients of one ip apart.
        assertThat(row(page, "127.0.0.2").getByText("site1").first()).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Menu")).click();
        assertThat(page.getByLabel("Language")).isVisible();
    }

    @Test
    @Order(8)
    void text_thatItsColumnCutsOff_isShownWholeWhereItIsPointedAt() throws Exception {
        String ip = "2001:db8:1234:5678:9abc:def0:1234:5678";
        DASHBOARD.ping("site8", ip, "5");
        Page page = DASHBOARD.open("#/?client=site8");
        Locator address = row(page, ip).locator(".cell-ip");
        address.hover();
        assertThat(address).hasAttribute("title", ip);
        Locator state = row(page, ip).locator(".cell-state");
        state.hover();
        assertThat(state).hasAttribute("title", "");
        assertEquals(
                true,
                page.locator(".rows")
                        .evaluate(
                                "box => box.clientHeight < 150 && box.scrollWidth <="
                                        + " box.clientWidth"));
    }

    @Test
    @Order(9)
    void manyIps_areInThePageOnlyWhereTheyAreSeen() throws Exception {
        DASHBOARD.register(
                IntStream.range(0, 5_000)
                        .mapToObj(
                                i ->
                                        "{\"ip\":\"10.9.%d.%d\",\"client\":\"many\"}"
                                                .formatted(i / 250, 1 + i % 250))
                        .collect(Collectors.joining(",", "[", "]")));
        Page page = DASHBOARD.open("#/?client=many&sort=ip");
        assertThat(row(page, "10.9.0.1")).isVisible();
        assertTrue(page.locator("tr").count() < 100);
        page.locator(".rows").evaluate("box => { box.scrollTop = box.scrollHeight; }");
        assertThat(row(page, "10.9.19.250")).isVisible();
        assertThat(row(page, "10.9.0.1")).hasCount(0);
        assertTrue(page.locator("tr").count() < 100);
    }

    @Test
    @Order(10)
    void rowsThatAreShown_areHadAsAFile_andLeadToTheirClient() throws Exception {
        DASHBOARD.ping("site9", "192.0.2.91", "5");
        DASHBOARD.ping("site9", "192.0.2.92", "5");
        Page page = DASHBOARD.open("#/?client=site9&q=.91");
        assertThat(page.locator("tr[data-ip]")).hasCount(1);
        Download file = page.waitForDownload(() -> page.getByText("Summary (CSV)").click());
        assertEquals("summary.csv", file.suggestedFilename());
        List<String> lines = Files.readAllLines(file.path());
        assertEquals(2, lines.size());
        assertTrue(lines.getLast().startsWith("site9,192.0.2.91,"), lines.getLast());

        row(page, "192.0.2.91").getByRole(AriaRole.LINK, named("site9")).click();
        assertThat(page.locator("h1")).hasText("site9");
    }
}
