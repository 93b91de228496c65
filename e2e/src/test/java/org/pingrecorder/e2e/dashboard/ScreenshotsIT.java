package org.pingrecorder.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.e2e.Passage;
import org.pingrecorder.e2e.Project;
import org.pingrecorder.e2e.dashboard.PostedFleet.Host;
import org.pingrecorder.e2e.dashboard.PostedFleet.Manner;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jitter;
import org.pingrecorder.testnet.NetworkNamespace;

/**
 * Makes the pictures of the documentation: every view, light and dark, into {@code docs/images}.
 * One of the clients is real, in a make-believe network of its own, so that nothing of this machine
 * is in a picture; its past and the others are made up.
 */
@EnabledIfSystemProperty(named = "screenshots", matches = "true")
final class ScreenshotsIT {

    private static final int PAST_SECONDS = 6 * 3_600;

    /** Charts and pictures come a moment after the view. */
    private static final double DRAWN_MS = 3_000;

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;

    private static final String REAL = "hanoi";
    private static final String REAL_IP = "10.1.0.7";
    private static final int PORT = 5001;

    private static final Duration CONNECTED = Duration.ofMinutes(1);

    private static final List<Host> REAL_HOSTS =
            List.of(
                    new Host(REAL, "10.1.0.1", "Core router", 0.6, Manner.STEADY),
                    new Host(REAL, REAL_IP, "Branch gateway", 24, Manner.FAILING),
                    new Host(REAL, "10.1.0.20", "File server", 0.4, Manner.STEADY),
                    new Host(REAL, "10.1.4.4", "Name server", 11, Manner.STEADY),
                    new Host(REAL, "10.1.9.9", "Satellite link", 540, Manner.NOISY),
                    new Host(REAL, "fd00:1::53", "Name server, IPv6", 12, Manner.STEADY));

    private static final List<Host> HOSTS =
            List.of(
                    new Host("saigon", "10.1.0.1", "Core router", 31, Manner.STEADY),
                    new Host("saigon", "10.2.0.61", "Warehouse camera", 3, Manner.LOSSY),
                    new Host("saigon", "10.2.0.62", "Gate camera", 3, Manner.DOWN),
                    new Host("saigon", "10.1.4.4", "Name server", 18, Manner.STEADY),
                    new Host("saigon", "203.0.113.40", "Payment provider", 46, Manner.NOISY),
                    new Host("danang", "10.1.0.1", "Core router", 15, Manner.STEADY),
                    new Host("danang", "10.3.0.130", "Weather station", 70, Manner.LOSSY),
                    new Host("danang", "10.1.4.4", "Name server", 14, Manner.STEADY));

    /** Where a view shows more with something else than the tests look at. */
    private static final Map<String, String> ADDRESSES =
            Map.of(
                    "ip", "#/ip?ip=" + REAL_IP + "&client=" + REAL,
                    "client", "#/clients/" + REAL,
                    "control", "#/control?client=" + REAL,
                    "task", "#/task?from=" + REAL);

    @RegisterExtension static final Dashboard DASHBOARD = new Dashboard();

    @Test
    void everyView_isDrawnLightAndDark() throws Exception {
        try (PostedFleet past = new PostedFleet(DASHBOARD.rest(), REAL_HOSTS);
                PostedFleet fleet = new PostedFleet(DASHBOARD.rest(), HOSTS);
                NetworkNamespace site = NetworkNamespace.create();
                FarEnd farEnd = FarEnd.attach(site);
                Passage toRecorder = passage(site)) {
            behave(farEnd);
            fleet.start(PAST_SECONDS);
            PostedMetrics.post(DASHBOARD.rest(), REAL, PAST_SECONDS);
            past.postPast(PAST_SECONDS);
            DASHBOARD.rest().call("PATCH", "/clients/" + REAL, "{\"tags\":[\"north\"]}");
            DASHBOARD.rest().call("PUT", "/clients/" + REAL + "/plan", plan());
            try (JarProcess client = startClient(site)) {
                await().atMost(CONNECTED).until(() -> DASHBOARD.rest().rows("/conns").size() == 1);
                drawAll();
            }
        }
    }

    /** The recorder is on this machine's loopback, which the site has no other way to. */
    private static Passage passage(NetworkNamespace site) throws Exception {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        URI recorder = DASHBOARD.address();
        return new Passage(
                site.call(() -> new ServerSocket(PORT, 50, loopback)),
                () -> new Socket(recorder.getHost(), recorder.getPort()));
    }

    private static JarProcess startClient(NetworkNamespace site) throws Exception {
        JarProcess.Command command =
                DASHBOARD
                        .client(REAL, URI.create("http://127.0.0.1:" + PORT))
                        .flags(List.of("-Dos.version=6.12"))
                        .arguments("--metrics-interval", "0");
        return site.call(command::start);
    }

    private static String plan() {
        List<String> targets =
                REAL_HOSTS.stream()
                        .map(
                                host ->
                                        "{\"ip\":\"%s\",\"name\":\"%s\"}"
                                                .formatted(host.ip(), host.name()))
                        .toList();
        return "{\"interval_ms\":1000,\"targets\":[%s]}".formatted(String.join(",", targets));
    }

    /** Answers as the hosts did in the past, and some more for a task. */
    private static void behave(FarEnd farEnd) {
        for (Host host : REAL_HOSTS) {
            Duration latency = Duration.ofNanos((long) (host.millis() * 1_000_000));
            Jitter jitter = Jitter.normal(latency.dividedBy(12), host.ip().hashCode());
            farEnd.rule(host.ip(), Behaviour.reply().after(latency).with(jitter));
        }
        farEnd.rule("10.1.0.77", Behaviour.error(3, 1, "10.1.0.1"));
        farEnd.rule(
                "10.1.0.61",
                Behaviour.reply()
                        .after(Duration.ofMillis(3))
                        .with(Jitter.normal(Duration.ofNanos(400_000), 3))
                        .lossy(0.2, 5));
    }

    private static void drawAll() {
        for (Visit visit : List.of(Visit.usual(), Visit.usual().dark())) {
            Page page = DASHBOARD.open("", visit.sized(WIDTH, HEIGHT));
            for (Map.Entry<String, String> view : Views.of(page).entrySet()) {
                draw(page, view.getKey(), view.getValue(), visit);
            }
        }
    }

    private static void draw(Page page, String name, String address, Visit visit) {
        page.evaluate("view => { location.hash = view; }", ADDRESSES.getOrDefault(name, address));
        assertThat(page.locator("main h1")).isAttached();
        if (name.equals("task")) {
            page.locator("#targets").fill("10.1.0.1\n" + REAL_IP + "\n10.1.0.61\n10.1.0.77");
            page.locator("#count").fill("40");
            page.locator("#interval").fill("100");
            page.locator("#timeout").fill("1000");
            page.locator("button[type=submit]").click();
            assertThat(page.getByTestId("task-state")).containsText("Done");
        }
        Locator loading = page.locator("main", new Page.LocatorOptions().setHasText("Loading"));
        assertThat(loading).hasCount(0);
        page.waitForTimeout(DRAWN_MS);
        String file = name + "-" + visit.scheme().name().toLowerCase(Locale.ROOT) + ".png";
        Path path = Project.folder().resolve("docs/images").resolve(file);
        page.screenshot(
                new Page.ScreenshotOptions().setPath(path).setFullPage(name.equals("client")));
    }
}
