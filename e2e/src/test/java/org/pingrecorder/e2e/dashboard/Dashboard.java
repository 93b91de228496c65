package org.pingrecorder.e2e.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.pingrecorder.e2e.Project;
import org.pingrecorder.e2e.Rest;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/**
 * A recorder of the test class's own, and a browser that looks at its dashboard. Register it as a
 * static extension. Whatever the browser complains of on its console (scripts that fail, the
 * Content-Security-Policy), and every request to elsewhere, fails the test that opened the page.
 */
final class Dashboard implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    /** The tests share two cores with the recorder, its database, clients and the browser. */
    private static final double PATIENCE_MS = 20_000;

    private final List<JarProcess> clients = new ArrayList<>();
    private final List<BrowserContext> visits = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();
    private Path folder;
    private Chromium chromium;
    private JarProcess recorder;
    private URI address;

    private final Function<Path, JarProcess.Command> program;

    Dashboard() {
        this(Project::recorder);
    }

    @SuppressWarnings("NullAway.Init") // JUnit calls beforeAll first
    private Dashboard(Function<Path, JarProcess.Command> program) {
        this.program = program;
    }

    /** One whose recorder runs as it would for long. */
    static Dashboard measured() {
        return new Dashboard(Project::measuredRecorder);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        chromium = Chromium.start();
        folder = Files.createTempDirectory("dashboard");
        startRecorder("0");
    }

    /** Its address, with a slash at the end. */
    URI address() {
        return address.resolve("/");
    }

    Rest rest() {
        return new Rest(address);
    }

    /** A browser that was never here before opens a view, such as {@code #/?window=5m}. */
    Page open(String view) {
        return open(view, Visit.usual());
    }

    Page open(String view, Visit visit) {
        BrowserContext context = chromium.browser().newContext(visit.options());
        visits.add(context);
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error") || message.type().equals("warning")) {
                        complain(message.text() + " (" + message.location() + ")");
                    }
                });
        page.onPageError(this::complain);
        page.onRequest(
                request -> {
                    URI to = URI.create(request.url());
                    if (!"data".equals(to.getScheme()) && !address.getHost().equals(to.getHost())) {
                        complain("a request to elsewhere: " + to);
                    }
                });
        page.navigate(address().resolve(view).toString());
        return page;
    }

    /** Complaints like this are what the test is about. */
    void expectComplaints(String pattern) {
        expected.add(Pattern.compile(pattern));
    }

    private void complain(String complaint) {
        if (expected.stream().noneMatch(pattern -> pattern.matcher(complaint).find())) {
            complaints.add(complaint);
        }
    }

    /** Starts a client that pings each of the addresses once a second. */
    JarProcess startClient(String name, String... addresses) throws IOException {
        JarProcess client = client(name, address).arguments(addresses).start();
        clients.add(client);
        return client;
    }

    /** What starts a client that pings once a second, by where it finds the recorder. */
    JarProcess.Command client(String name, URI recorder) throws IOException {
        return Project.client(Files.createDirectories(folder.resolve(name)))
                .arguments("run", "--recorder", recorder.toString(), "--client", name)
                .arguments("--interval", "1s");
    }

    /** Posts a ping of now; null is one without a reply. */
    void ping(String client, String ip, String latencyMs) throws Exception {
        HttpResponse<String> answer =
                rest().post(
                                "/record-ping/" + client,
                                "{\"ip\":\"" + ip + "\",\"latency_ms\":" + latencyMs + "}");
        assertEquals(200, answer.statusCode(), answer.body());
    }

    /** Registers ips, given as the JSON of {@code POST /ips}. */
    void register(String json) throws Exception {
        HttpResponse<String> answer = rest().post("/ips", json);
        assertTrue(answer.statusCode() / 100 == 2, answer.body());
    }

    /** Ends the recorder without a word. */
    void killRecorder() throws InterruptedException {
        recorder.kill();
    }

    /** Stops the recorder's process where it is: its connections stay, and nothing answers. */
    void hang() throws Exception {
        signal("STOP");
    }

    /** Lets the process go on. */
    void goOn() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        String pid = Long.toString(recorder.handle().pid());
        assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
    }

    /** Starts it again, where it was and with what it had. */
    void restartRecorder() throws Exception {
        startRecorder(Integer.toString(address.getPort()));
    }

    private void startRecorder(String port) throws IOException, InterruptedException {
        String sources = System.getProperty("dashboard.folder");
        recorder =
                program.apply(folder)
                        .flags(
                                sources == null
                                        ? List.of()
                                        : List.of("-Ddashboard.folder=" + sources))
                        .environment("RECORDER_PORT", port)
                        .start();
        address = Jars.awaitAddress(recorder);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        visits.forEach(BrowserContext::close);
        visits.clear();
        List<String> heard = List.copyOf(complaints);
        complaints.clear();
        expected.clear();
        assertEquals(List.of(), heard, "what the browser complained of");
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        for (JarProcess client : clients) {
            client.close();
        }
        if (recorder != null) {
            recorder.close();
        }
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
