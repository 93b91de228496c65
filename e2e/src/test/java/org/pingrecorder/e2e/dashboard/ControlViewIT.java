package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real clients are steered from the page. */
final class ControlViewIT {

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    @BeforeAll
    static void startClients() throws Exception {
        DASHBOARD.startClient("site1", "127.0.0.2");
        DASHBOARD.startClient("site2");
        Page page = DASHBOARD.open("#/clients");
        for (String client : List.of("site1", "site2")) {
            assertThat(row(page, client)).hasAttribute("data-state", "connected");
            set("PATCH", "/clients/" + client, "{\"tags\":[\"both\"]}");
        }
    }

    @BeforeEach
    void takeSettingsBack() throws Exception {
        for (String owner : List.of("/clients/site1", "/clients/site2", "/tags/both")) {
            set("PATCH", owner + "/plan", "{\"paused\":null,\"interval_ms\":null}");
        }
    }

    /** The other tests are of all that there are. */
    private static void takeOffTheList(String client) throws Exception {
        assertEquals(204, DASHBOARD.rest().call("DELETE", "/clients/" + client, "").statusCode());
    }

    private static Locator row(Page page, String client) {
        return page.locator("tr[data-client='" + client + "']");
    }

    private static Locator target(Page page, String ip) {
        return page.locator("tr[data-target='" + ip + "']");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator paused(Page page, String client) {
        return row(page, client).locator("[data-paused=yes]");
    }

    private static void set(String method, String path, String json) throws Exception {
        var answer = DASHBOARD.rest().call(method, path, json);
        assertEquals(200, answer.statusCode(), answer.body());
    }

    private static String plan(String owner) throws Exception {
        return DASHBOARD.rest().get(owner + "/plan").body();
    }

    private static String read(Download download) throws IOException {
        return Files.readString(download.path());
    }

    @Test
    void severalClients_arePausedAndStarted_andShowWhenTheyDoIt() throws Exception {
        Page page = DASHBOARD.open("#/clients");
        assertThat(button(page, "Pause")).isDisabled();
        page.getByLabel("Select all that are shown").check();
        button(page, "Pause").click();
        assertThat(page.getByText("Told to pause: 2 clients.")).isVisible();
        assertThat(paused(page, "site1")).isVisible();
        assertThat(paused(page, "site2")).isVisible();
        assertThat(row(page, "site1").locator("[data-plan=followed]")).isVisible();
        button(page, "Start").click();
        assertThat(page.locator("[data-paused]")).hasCount(0);
        assertThat(row(page, "site1").locator("[data-plan=followed]")).isVisible();
        // A tag's plan may pause it again: the order is taken back, not overruled.
        assertTrue(plan("/clients/site1").contains("\"paused\":null"), plan("/clients/site1"));
    }

    @Test
    void tag_isPausedAndStarted_withAllItsClients() {
        Page page = DASHBOARD.open("#/control?tag=both");
        assertThat(page.getByText("2 clients have the tag both.")).isVisible();
        button(page, "Pause").click();
        assertThat(paused(page, "site1")).isVisible();
        assertThat(paused(page, "site2")).isVisible();
        button(page, "Start").click();
        assertThat(page.locator("[data-paused]")).hasCount(0);
    }

    @Test
    void clientThatATagPauses_isStartedOnItsOwn() throws Exception {
        set("PATCH", "/tags/both/plan", "{\"paused\":true}");
        Page page = DASHBOARD.open("#/control?client=site2");
        assertThat(paused(page, "site2")).isVisible();
        button(page, "Start").click();
        assertThat(row(page, "site2").locator("[data-paused]")).hasCount(0);
        assertThat(paused(page, "site1")).isVisible();
        set("PATCH", "/tags/both/plan", "{\"paused\":null}");
        set("PATCH", "/clients/site2/plan", "{\"paused\":null}");
        assertThat(page.locator("[data-paused]")).hasCount(0);
    }

    @Test
    void interval_isOneOfThoseGivenOrOnesOwn_andWhatIsWrongIsSaid() throws Exception {
        DASHBOARD.expectComplaints("status of 400");
        Page page = DASHBOARD.open("#/control?client=site1");
        button(page, "5 s").click();
        assertThat(button(page, "5 s")).hasAttribute("aria-pressed", "true");
        assertThat(row(page, "site1").locator("[data-plan=followed]"))
                .containsText("Followed since");
        assertThat(page.getByTestId("plan-settings")).containsText("5 s");

        Locator own =
                page.getByLabel("Another interval", new Page.GetByLabelOptions().setExact(true));
        own.fill("50");
        page.getByLabel("Unit of Another interval").selectOption("ms");
        button(page, "Set").click();
        assertThat(page.getByRole(AriaRole.ALERT))
                .containsText(Pattern.compile("site1: .*interval_ms.*100"));
        assertThat(own).hasValue("50");
        own.fill("500");
        button(page, "Set").click();
        assertThat(page.getByTestId("plan-settings")).containsText("500 ms");
        assertTrue(plan("/clients/site1").contains("\"interval_ms\":500"));
        button(page, "Client's own").click();
        assertThat(button(page, "Client's own")).hasAttribute("aria-pressed", "true");
    }

    @Test
    void target_isAddedEditedAndRemoved_andNothingWrittenIsLost() throws Exception {
        DASHBOARD.expectComplaints("status of 400");
        Page page = DASHBOARD.open("#/control?client=site2");
        button(page, "Add ip").click();
        assertThat(page.locator("#target-ip")).isFocused();
        page.locator("#target-ip").fill("127.0.0.300");
        page.locator("#target-name").fill("Uplink <i>1</i>");
        page.locator("#target-tags").fill("core edge");
        page.locator("form button[type=submit]").last().click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("is not an IPv4 address");
        assertThat(page.locator("#target-ip")).isFocused();
        page.getByLabel("Language").selectOption("vi");
        assertThat(page.locator("#target-ip")).hasValue("127.0.0.300");
        assertThat(page.locator("#target-name")).hasValue("Uplink <i>1</i>");
        page.getByLabel("Ngôn ngữ").selectOption("en");
        page.locator("#target-ip").fill("127.0.0.30");
        page.keyboard().press("Enter");
        assertThat(target(page, "127.0.0.30")).containsText("Uplink <i>1</i>");
        assertThat(target(page, "127.0.0.30")).containsText("core");

        page.getByLabel("Edit 127.0.0.30").click();
        page.locator("#target-interval").fill("2");
        page.locator("#target-timeout").fill("1");
        button(page, "Save").click();
        assertThat(target(page, "127.0.0.30")).containsText("2 s");
        page.getByLabel("Edit 127.0.0.30").click();
        for (String field : List.of("name", "tags", "interval", "timeout")) {
            page.locator("#target-" + field).fill("");
        }
        button(page, "Save").click();
        assertThat(target(page, "127.0.0.30")).not().containsText("core");
        assertTrue(plan("/clients/site2").contains("{\"ip\":\"127.0.0.30\"}"));

        page.getByLabel("Remove 127.0.0.30").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove"))
                .click();
        assertThat(target(page, "127.0.0.30").and(page.locator("[data-from=plan]"))).hasCount(0);
    }

    @Test
    void targetThatIsThere_isNotChangedByAddingItsAddress() throws Exception {
        set("POST", "/clients/site2/plan/targets", "{\"ip\":\"127.0.0.41\",\"name\":\"Uplink\"}");
        Page page = DASHBOARD.open("#/control?client=site2");
        assertThat(target(page, "127.0.0.41")).containsText("Uplink");
        button(page, "Add ip").click();
        page.locator("#target-ip").fill("127.0.0.41");
        page.keyboard().press("Enter");
        assertThat(page.getByText("127.0.0.41 is as it was.")).isVisible();
        assertThat(target(page, "127.0.0.41")).containsText("Uplink");
    }

    @Test
    void orderThatFailsForSeveral_isToldInOneMessage() {
        DASHBOARD.expectComplaints("status of 400");
        Page page = DASHBOARD.open("#/clients");
        page.getByLabel("Select all that are shown").check();
        page.getByLabel("Another interval", new Page.GetByLabelOptions().setExact(true))
                .fill("0.05");
        button(page, "Set").click();
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(1);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("site1, site2: ");
    }

    @Test
    void targetThatSomebodyElseChanged_isNotOverwrittenUnseen() throws Exception {
        DASHBOARD.expectComplaints("status of 409");
        set("POST", "/clients/site2/plan/targets", "{\"ip\":\"127.0.0.40\",\"name\":\"first\"}");
        Page page = DASHBOARD.open("#/control?client=site2");
        page.getByLabel("Edit 127.0.0.40").click();
        page.locator("#target-name").fill("mine");
        set("POST", "/clients/site2/plan/targets", "{\"ip\":\"127.0.0.40\",\"name\":\"theirs\"}");
        assertThat(target(page, "127.0.0.40")).containsText("theirs");
        button(page, "Save").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("somebody else changed it");
        assertThat(page.locator("#target-name")).hasValue("mine");
        button(page, "Save").click();
        assertThat(target(page, "127.0.0.40")).containsText("mine");
    }

    @Test
    void targetOfTheClientsOwnList_saysWhereToRemoveIt() {
        Page page = DASHBOARD.open("#/control?client=site1");
        assertThat(target(page, "127.0.0.2")).containsText("Client's own list");
        assertThat(page.locator("main")).containsText("removed in its targets file or arguments");
        assertThat(page.getByLabel("Remove 127.0.0.2")).hasCount(0);
    }

    @Test
    void targetOfTheOwnListOfAClientThatIsGone_isRemoved() throws Exception {
        DASHBOARD.register("{\"ip\":\"192.0.2.20\",\"client\":\"gone\",\"source\":\"client\"}");
        Page page = DASHBOARD.open("#/control?client=gone");
        assertThat(target(page, "192.0.2.20")).containsText("Client's own list");
        page.getByLabel("Remove 192.0.2.20").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove"))
                .click();
        assertThat(target(page, "192.0.2.20")).hasCount(0);
        assertEquals("[]", DASHBOARD.rest().get("/ips?client=gone").body());
        takeOffTheList("gone");
    }

    @Test
    void clientThatOnlyPosts_isSaidToFollowNothing() throws Exception {
        DASHBOARD.ping("poster", "192.0.2.21", "3");
        Page page = DASHBOARD.open("#/control?client=poster");
        assertThat(row(page, "poster")).containsText("Delivering");
        button(page, "Pause").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("poster: cannot be steered");
        assertThat(row(page, "poster").locator("[data-plan=deaf]"))
                .containsText("no control channel");
        assertThat(row(page, "poster").locator("[data-paused]")).hasCount(0);
        takeOffTheList("poster");
    }

    @Test
    void formThatIsOpenedBeforeThePlanIsRead_keepsTheFocus() {
        Page page = DASHBOARD.open("#/control");
        List<Route> held = new ArrayList<>();
        page.route("**/clients/site2/plan", held::add);
        page.getByLabel("Select site2").check();
        button(page, "Add ip").click();
        assertThat(page.locator("#target-ip")).isFocused();
        assertThat(page.getByTestId("plan-settings")).hasCount(0);
        page.unroute("**/clients/site2/plan");
        held.forEach(Route::resume);
        assertThat(page.getByTestId("plan-settings")).isVisible();
        assertThat(page.locator("#target-ip")).isFocused();
    }

    @Test
    void text_isLookedAtBeforeItIsImported() throws Exception {
        String text =
                """
                127.0.0.50 interval=5s tags=core Core router
                300.1.2.3
                # a comment
                127.0.0.51
                """;
        Page page = DASHBOARD.open("#/control?tag=texts");
        button(page, "Import text").click();
        page.locator("#import-file")
                .setInputFiles(
                        new FilePayload(
                                "ips.txt", "text/plain", text.getBytes(StandardCharsets.UTF_8)));
        assertThat(page.getByTestId("preview"))
                .containsText("2 added · 0 changed · 0 kept · 1 invalid");
        assertThat(page.locator("tr[data-line='2']")).hasClass("bad");
        assertThat(page.locator("tr[data-line='2']")).containsText("is not an IPv4 address");
        assertThat(page.locator("tr[data-line='1']")).not().hasClass("bad");
        assertTrue(plan("/tags/texts").contains("\"targets\":[]"), "looking stores nothing");
        button(page, "Import").click();
        assertThat(page.getByTestId("imported"))
                .containsText("2 added · 0 changed · 0 kept · 1 invalid");
        assertThat(page.locator("#import-text")).hasValue(text);
        assertThat(target(page, "127.0.0.50")).containsText("Core router");

        page.locator("#import-text").fill("127.0.0.51");
        page.getByLabel("Replace:").check();
        assertThat(page.getByTestId("preview")).containsText("1 removed");
        button(page, "Import and remove 1").click();
        assertThat(target(page, "127.0.0.50")).hasCount(0);
        assertThat(target(page, "127.0.0.51")).isVisible();

        Download download = page.waitForDownload(() -> page.getByText("Export as text").click());
        assertEquals("texts.txt", download.suggestedFilename());
        assertEquals("127.0.0.51\n", read(download));
    }

    @Test
    void droppedFile_isRead_andOneThatIsNoTextIsRefused() {
        Page page = DASHBOARD.open("#/control?client=site2");
        button(page, "Import text").click();
        page.getByTestId("drop")
                .dispatchEvent(
                        "drop",
                        Map.of(
                                "dataTransfer",
                                transfer(page, "127.0.0.9".chars().boxed().toList())));
        assertThat(page.locator("#import-text")).hasValue("127.0.0.9");
        assertThat(page.getByTestId("preview")).containsText("1 added");
        page.getByTestId("drop")
                .dispatchEvent(
                        "drop", Map.of("dataTransfer", transfer(page, List.of(200, 255, 0))));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("is not a text in UTF-8");
        assertThat(page.locator("#import-text")).hasValue("127.0.0.9");
    }

    private static Object transfer(Page page, List<Integer> bytes) {
        return page.evaluateHandle(
                """
                (bytes) => {
                  const transfer = new DataTransfer();
                  transfer.items.add(new File([new Uint8Array(bytes)], 'dropped.txt'));
                  return transfer;
                }
                """,
                bytes);
    }

    @Test
    void summaryAndHistory_areHadAsCsv_ofWhatIsChosen() throws Exception {
        DASHBOARD.expectComplaints("status of 422");
        DASHBOARD.ping("other", "192.0.2.9", "3");
        Page page = DASHBOARD.open("#/control?client=site1&window=5m");
        Locator summary = page.getByTestId("export-summary");
        String text = read(page.waitForDownload(summary::click));
        assertTrue(text.startsWith("client,ip,"), text);
        assertTrue(text.contains("site1,127.0.0.2,"), text);
        assertTrue(!text.contains("192.0.2.9"), text);

        page.getByLabel("Step of the history").selectOption("1m");
        String history =
                read(page.waitForDownload(() -> page.getByTestId("export-history").click()));
        assertTrue(history.lines().count() >= 6, history);

        page.getByLabel("Step of the history").selectOption("1s");
        page.getByLabel("Window").selectOption("30d");
        page.getByTestId("export-history").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void page_hasNoSeriousFaultOfAccessibility(String scheme) throws Exception {
        Visit visit = scheme.equals("dark") ? Visit.usual().dark() : Visit.usual().in("vi");
        Page page = DASHBOARD.open("#/control?client=site1", visit);
        assertThat(target(page, "127.0.0.2")).isVisible();
        Locator forms = page.locator("main button[aria-expanded]");
        forms.first().click();
        forms.last().click();
        page.locator("#import-text").fill("300.0.0.1");
        assertThat(page.locator("tr.bad")).isVisible();
        Axe.assertNothingSerious(page);
    }

    @Test
    void page_onAPhone_isNotWiderThanIt() {
        Page page = DASHBOARD.open("#/control?client=site1", Visit.usual().onPhone());
        assertThat(target(page, "127.0.0.2")).isVisible();
        button(page, "Add ip").click();
        button(page, "Import text").click();
        assertEquals(
                true,
                page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"));
        assertThat(button(page, "Pause")).isVisible();
    }
}
