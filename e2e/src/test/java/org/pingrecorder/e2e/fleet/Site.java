package org.pingrecorder.e2e.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.e2e.Project;
import org.pingrecorder.testnet.JarProcess;

/**
 * A branch office: a place of its own with hosts that answer, one uplink to the centre, and a
 * client of the same name.
 */
final class Site implements AutoCloseable {

    /** On every site's own list, and of every plan. */
    static final Duration INTERVAL = Duration.ofMillis(200);

    /** Of every site, and not reached from any other. */
    static final String ROUTER = "192.168.1.1";

    private static final String SUBNET = "192.168.1.";

    private final String name;
    private final int number;
    private final Place centre;
    private final Place place = new Place();
    private final Path folder;
    private final String recorder;
    private final String[] options;
    private @Nullable JarProcess client;

    /**
     * A site without a client yet.
     *
     * @param number of its network, another one for each
     * @param recorder that its client reports to
     * @param options of its client, beside those of every one
     */
    Site(
            String name,
            int number,
            Place centre,
            Path folder,
            CentralRecorder recorder,
            String... options)
            throws Exception {
        this.options = options.clone();
        this.name = name;
        this.number = number;
        this.centre = centre;
        this.folder = Files.createDirectory(folder.resolve(name));
        this.recorder = recorder.url();
        centre.cable(name, gateway(), place, "uplink", address(2));
        place.run("ip route add default via " + gateway());
        place.addresses(hosts());
    }

    private static List<String> hosts() {
        return List.of(1, 2, 3, 10, 20, 21, 22).stream().map(host -> SUBNET + host).toList();
    }

    private String address(int host) {
        return "10.77.%d.%d".formatted(number, host);
    }

    private String gateway() {
        return address(1);
    }

    String name() {
        return name;
    }

    /** Whether an address is one of a site's own hosts. */
    static boolean isLocal(String ip) {
        return ip.startsWith(SUBNET);
    }

    void startClient() throws Exception {
        client =
                place.start(
                        command(name, folder, ROUTER, "--interval", "200ms").arguments(options));
    }

    /** One more client of any name, with a data folder of its own. */
    JarProcess startAnother(String anyName) throws Exception {
        Path other = Files.createDirectory(folder.resolve(anyName));
        return place.start(command(anyName, other));
    }

    private JarProcess.Command command(String client, Path data, String... more) {
        return Project.client(data)
                .arguments("run", "--recorder", recorder, "--client", client)
                .arguments("--timeout", "500ms", "--grace", "500ms")
                .arguments(more);
    }

    JarProcess client() {
        JarProcess running = client;
        if (running == null) {
            throw new IllegalStateException("the client of " + name + " is not started");
        }
        return running;
    }

    /** Nothing gets in or out any more. */
    void cut() throws Exception {
        centre.run("ip link set " + name + " down");
    }

    /** Everything gets through again. */
    void join() throws Exception {
        centre.run("ip link set " + name + " up");
    }

    /** Gives the site another address, as providers do; returns that. */
    String move() throws Exception {
        String next = address(3);
        place.run("ip address flush dev uplink");
        place.run("ip address add %s/24 dev uplink".formatted(next));
        place.run("ip route replace default via " + gateway());
        return next;
    }

    /** How many echo requests the site's own hosts got. */
    long echoRequests() throws Exception {
        return place.echoRequests();
    }

    @Override
    public void close() throws IOException {
        try (place) {
            if (client != null) {
                client.close();
            }
        }
    }
}
