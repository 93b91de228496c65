package org.pingrecorder.e2e.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.pingrecorder.e2e.Project;
import org.pingrecorder.e2e.Rest;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.testnet.NetworkNamespace;

/**
 * A recorder, and two clients in a network namespace of their own that ping the make-believe
 * network: one as its users run it, one with a clock that can be set. Between them a proxy.
 */
final class Site implements AutoCloseable {

    private static final int IPS = 24;

    private final Path folder;
    private final Path disk;
    private final NetworkNamespace namespace;
    private final FarEnd farEnd;
    private final SentLog sent = new SentLog();
    private final FaultyProxy proxy;
    private final SiteClient client;
    private final SiteClient clockClient;
    private JarProcess recorder;
    private URI address;

    Site(Path folder) throws Exception {
        this.folder = folder;
        disk = Files.createDirectory(folder.resolve("disk"));
        run(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk.toString()));
        namespace = NetworkNamespace.create();
        namespace.allowDatagramIcmp();
        farEnd = FarEnd.attach(namespace);
        proxy = new FaultyProxy(namespace);
        client = client("site", "10.1.0.", false);
        clockClient = client("clock", "10.2.0.", true);
        recorder = Project.recorder(folder).start();
        address = Jars.awaitAddress(recorder);
        proxy.recorder(address);
        client.start();
        clockClient.start();
    }

    private SiteClient client(String name, String prefix, boolean ownClock) throws Exception {
        List<String> ips = IntStream.rangeClosed(1, IPS).mapToObj(i -> prefix + i).toList();
        for (int i = 0; i < IPS; i++) {
            farEnd.rule(ips.get(i), sent.of(ips.get(i), behaviour(i)));
        }
        return SiteClient.of(name, namespace, folder, disk, proxy.address(), ips, ownClock);
    }

    private static Behaviour behaviour(int host) {
        Behaviour reply = Behaviour.reply().after(Duration.ofMillis(host));
        return switch (host) {
            case 0 -> Behaviour.silence();
            case 1 -> Behaviour.reply().after(Duration.ofMillis(400)); // late
            case 2 -> Behaviour.error(3, 1, "10.9.9.9");
            case 3 -> reply.copies(2);
            case 4 -> reply.lossy(0.3, host);
            default -> reply;
        };
    }

    SentLog sent() {
        return sent;
    }

    FaultyProxy proxy() {
        return proxy;
    }

    SiteClient client() {
        return client;
    }

    SiteClient clockClient() {
        return clockClient;
    }

    List<SiteClient> clients() {
        return List.of(client, clockClient);
    }

    /** Asks the recorder itself, not the proxy. */
    Rest rest() {
        return new Rest(address);
    }

    void killRecorder() throws InterruptedException {
        recorder.kill();
    }

    void startRecorder() throws Exception {
        recorder = Project.recorder(folder).start();
        address = Jars.awaitAddress(recorder);
        proxy.recorder(address);
    }

    /** The process that all others of the database come from. */
    ProcessHandle postgres() throws IOException {
        Path file = folder.resolve("data/postgres/postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                .orElseThrow();
    }

    /** Whether anything goes between the clients and the proxy. */
    void network(boolean up) throws Exception {
        Process ip =
                namespace.start(
                        new ProcessBuilder("ip", "link", "set", "lo", up ? "up" : "down")
                                .inheritIO());
        if (ip.waitFor() != 0) {
            throw new IOException("ip link ended with status " + ip.exitValue());
        }
    }

    /** Takes all the room that is left on the clients' disk. */
    void fillDisk() throws IOException {
        byte[] block = new byte[4_096];
        try (OutputStream filler = Files.newOutputStream(filler())) {
            while (disk.toFile().getUsableSpace() > 0) {
                filler.write(block);
            }
        }
    }

    void emptyDisk() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return disk.resolve("filler");
    }

    private static void run(ProcessBuilder command) throws Exception {
        Process process = command.inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(command.command() + " ended with " + process.exitValue());
        }
    }

    @Override
    public void close() throws Exception {
        try {
            network(true);
            client.close();
            clockClient.close();
            recorder.close();
            proxy.close();
            farEnd.close();
        } finally {
            namespace.close();
            run(new ProcessBuilder("umount", "-l", disk.toString()));
        }
    }
}
