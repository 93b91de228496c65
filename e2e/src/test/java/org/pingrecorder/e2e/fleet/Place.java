package org.pingrecorder.e2e.fleet;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.NetworkNamespace;

/** A network namespace, configured by {@code ip}. It ends with the last process in it. */
final class Place implements AutoCloseable {

    private final NetworkNamespace namespace;

    Place() throws Exception {
        namespace = NetworkNamespace.create();
        namespace.allowDatagramIcmp();
    }

    /** Runs a command, whose words have no spaces in them. */
    void run(String command) throws Exception {
        Process process =
                namespace.start(
                        new ProcessBuilder(List.of(command.split(" ", -1)))
                                .redirectErrorStream(true));
        String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
    }

    /** Gives it addresses that answer and are reached from nowhere else, unless somebody routes. */
    void addresses(List<String> addresses) throws Exception {
        for (String address : addresses) {
            run("ip address add " + address + "/32 dev lo");
        }
    }

    /** Lays a cable to another place; either end is an interface with an address of a /24. */
    void cable(String end, String address, Place other, String otherEnd, String otherAddress)
            throws Exception {
        run("ip link add %s type veth peer name %s netns %d".formatted(end, otherEnd, other.id()));
        run("ip address add %s/24 dev %s".formatted(address, end));
        run("ip link set %s up".formatted(end));
        other.run("ip address add %s/24 dev %s".formatted(otherAddress, otherEnd));
        other.run("ip link set %s up".formatted(otherEnd));
    }

    /** The id of the thread that is in it, by which {@code ip} knows it. */
    private long id() throws Exception {
        Path thread = namespace.call(() -> Path.of("/proc/thread-self").toRealPath());
        return Long.parseLong(thread.getFileName().toString());
    }

    JarProcess start(JarProcess.Command command) throws Exception {
        return namespace.call(command::start);
    }

    /** Connects from inside. */
    Socket connect(String host, int port) throws Exception {
        return namespace.call(() -> new Socket(host, port));
    }

    /** How many echo requests have reached any address of this place, by its kernel's count. */
    long echoRequests() throws Exception {
        List<String> icmp =
                namespace
                        .call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/snmp")))
                        .stream()
                        .filter(line -> line.startsWith("Icmp: "))
                        .toList();
        List<String> names = List.of(icmp.getFirst().split(" ", -1));
        List<String> values = List.of(icmp.getLast().split(" ", -1));
        return Long.parseLong(values.get(names.indexOf("InEchos")));
    }

    @Override
    public void close() {
        namespace.close();
    }
}
