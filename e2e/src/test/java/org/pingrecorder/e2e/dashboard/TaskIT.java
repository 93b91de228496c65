package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One-off pings from a page. */
final class TaskIT {

    /** Two clients beside a recorder and a browser take their time. */
    private static final Duration STARTED = Duration.ofMinutes(1);

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    @BeforeAll
    static void startClients() throws Exception {
        DASHBOARD.startClient("site1", "127.0.0.2");
        DASHBOARD.startClient("site2", "127.0.0.3");
        await().atMost(STARTED)
                .until(() -> DASHBOARD.rest().rows("/conns").size(), Predicate.isEqual(2));
        assertEquals(
                200,
                DASHBOARD
                        .rest()
                        .call("PATCH", "/clients/site2", "{\"tags\":[\"north\"]}")
                        .statusCode());
    }

    private static Locator state(Page page) {
        return page.getByTestId("task-state");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator pair(Page page, String key) {
        return page.locator("[data-pair='" + key + "']");
    }

    private static String command(Page page) {
        return page.locator("pre.command").innerText();
    }

    /** What a shell makes of the command's arguments, a line each. */
    private static List<String> arguments(String command) throws Exception {
        Process shell =
                new ProcessBuilder("sh", "-c", "curl() { printf '%s\\n' \"$@\"; }; " + command)
                        .redirectErrorStream(true)
                        .start();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void clientsByTagAndKnownTargets_answerAsTheyPing() {
        Page page = DASHBOARD.open("#/task");
        page.getByLabel("Clients", new Page.GetByLabelOptions().setExact(true)).first().check();
        button(page, "north (1)").click();
        assertThat(page.getByLabel("site2")).isChecked();
        page.getByLabel("site1").check();
        page.locator("#targets").fill("127.0.0.9 # a comment");
        page.getByText("Add known ips").click();
        button(page, "127.0.0.2").click();
        assertThat(page.locator("#targets")).hasValue(Pattern.compile("\n127\\.0\\.0\\.2$"));
        page.locator("#count").fill("100");
        page.locator("#interval").fill("100");
        button(page, "Start").click();

        assertThat(state(page)).containsText("Running");
        assertThat(pair(page, "site2 127.0.0.9")).containsText("received · 0 lost");
        assertThat(state(page)).containsText("Running");
        assertThat(state(page)).containsText(Pattern.compile("\\d+ sent, \\d+ received, 0% lost"));
        assertThat(page.locator("[data-pair]")).hasCount(4);
        assertThat(pair(page, "site1 127.0.0.2")).containsText(Pattern.compile("min 0\\.\\d+ ms"));
        pair(page, "site1 127.0.0.2").getByRole(AriaRole.BUTTON).click();
        assertThat(page.locator(".answers tbody tr").first()).containsText("100");
    }

    @Test
    void problem_isShownInTheRecordersWords_besideTheAnswersOfOthers() {
        Page page = DASHBOARD.open("#/task?from=site1&from=nobody&target=127.0.0.2&count=1");
        assertThat(page.getByText("nobody (not connected)")).isVisible();
        button(page, "Start").click();
        assertThat(page.getByTestId("task-problems"))
                .containsText("nobody: No client of that name is known");
        assertThat(pair(page, "site1 127.0.0.2")).containsText("1 sent · 1 received");
    }

    @Test
    void recorder_pingsWhereNoClientIsChosen() {
        Page page = DASHBOARD.open("#/task?target=127.0.0.2&count=2&interval=100");
        button(page, "Start").click();
        assertThat(page.getByText("Recorder → 127.0.0.2")).isVisible();
        assertThat(state(page)).containsText("2 sent, 2 received");
    }

    @Test
    void stop_callsItOff_andKeepsWhatCame() {
        Page page = DASHBOARD.open("#/task?from=site1&target=127.0.0.2&count=600&interval=100");
        button(page, "Start").click();
        assertThat(pair(page, "site1 127.0.0.2")).containsText("received");
        button(page, "Stop").click();
        assertThat(state(page)).containsText("Stopped");
        assertThat(pair(page, "site1 127.0.0.2")).containsText("received");
        assertThat(button(page, "Start")).isVisible();
    }

    @Test
    void taskThatIsRefused_saysWhy_andLosesNoInput() {
        DASHBOARD.expectComplaints("Failed to load resource.*400");
        Page page = DASHBOARD.open("#/task");
        String targets = "127.0.0.2\n192.0.2.300\n<img src=x>";
        page.locator("#targets").fill(targets);
        page.locator("#timeout").fill("500");
        button(page, "Start").click();
        assertThat(page.locator("main")).containsText("192.0.2.300");
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(1);
        assertThat(page.getByRole(AriaRole.ALERT)).not().containsText("'targets'");
        assertThat(state(page)).containsText("The task failed.");
        assertThat(page.locator("#targets")).hasValue(targets);
        assertThat(page.locator("#timeout")).hasValue("500");
        assertThat(page.locator("main img")).hasCount(0);
    }

    @Test
    void figureOutOfBounds_isSaidBeforeAnythingIsSent() {
        Page page = DASHBOARD.open("#/task?target=127.0.0.2&interval=99");
        button(page, "Start").click();
        assertThat(page.getByText("Give a whole number, 100 to 60,000.")).isVisible();
        assertThat(page.locator("#interval")).hasValue("99");
        assertThat(state(page)).hasCount(0);
    }

    @Test
    void link_givesTheSameForm_andSoDoesComingBack() {
        Page page = DASHBOARD.open("#/task");
        page.getByLabel("Clients", new Page.GetByLabelOptions().setExact(true)).first().check();
        page.getByLabel("site1").check();
        page.locator("#targets").fill("127.0.0.2, 127.0.0.9");
        page.locator("#count").fill("7");
        assertThat(page).hasURL(Pattern.compile("from=site1.*target=127\\.0\\.0\\.9.*count=7"));
        Page other = DASHBOARD.open(page.url().replaceAll(".*#", "#"));
        assertThat(other.getByLabel("site1")).isChecked();
        assertThat(other.locator("#targets")).hasValue("127.0.0.2\n127.0.0.9");
        assertThat(other.locator("#count")).hasValue("7");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Overview")).click();
        assertThat(page.locator("tr[data-ip]").first()).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Task")).click();
        assertThat(page.locator("#count")).hasValue("7");
        assertThat(page.getByLabel("site1")).isChecked();
    }

    @Test
    void command_isOneCallWhateverIsTyped() throws Exception {
        Page page = DASHBOARD.open("#/task?from=site1&count=2");
        page.locator("#targets").fill("it's;$(id) `id`\n\"!x\\ ${HOME}");
        assertThat(page.locator("pre.command")).containsText("HOME");
        assertEquals(
                List.of(
                        "-N",
                        "-H",
                        "Content-Type: application/json",
                        "-d",
                        "{\"targets\":[\"it's\",\"$(id)\",\"`id`\",\"\\\"!x\\\\\",\"${HOME}\"],"
                            + "\"from\":[\"site1\"],\"interval\":1000,\"count\":2,\"timeout\":10000}",
                        DASHBOARD.address() + "ping-task"),
                arguments(command(page)));
    }

    @Test
    void command_isCopied() {
        Page page = DASHBOARD.open("#/task?target=127.0.0.2");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        button(page, "Copy").click();
        assertThat(page.getByText("Copied.")).isVisible();
        assertEquals(command(page), page.evaluate("() => navigator.clipboard.readText()"));
    }

    @Test
    void page_inVietnameseOnAPhone_isNotWiderThanIt() {
        Page page =
                DASHBOARD.open(
                        "#/task?from=site1&target=127.0.0.2&count=1",
                        Visit.usual().onPhone().in("vi-VN"));
        button(page, "Bắt đầu").click();
        assertThat(state(page)).containsText("gửi 1, nhận 1");
        assertThat(state(page)).isInViewport();
        assertEquals(
                true,
                page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"));
    }
}
