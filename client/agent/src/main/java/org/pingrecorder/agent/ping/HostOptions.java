package org.pingrecorder.agent.ping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.oneoff.PingHost;
import org.pingrecorder.wire.Families;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The part of the command line that says whom to ping. */
final class HostOptions {

    @Parameters(
            paramLabel = "HOST",
            arity = "0..*",
            description = "IPv4 or IPv6 address or name; with -g a range.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description =
                    "Hosts from a file, one a line, a name after it if you like, '#' starts a"
                            + " comment; '-' reads standard input.")
    private @Nullable String file;

    @Option(
            names = {"-g", "--generate"},
            description = {
                "HOST is a network such as 192.0.2.0/24, or a first and a last address; 65536"
                        + " addresses at most. An IPv4 network's own and its broadcast address are"
                        + " left out."
            })
    private boolean generate;

    @Option(
            names = {"-4", "--ipv4"},
            description = "Only the IPv4 address of each name.")
    private boolean ipv4;

    @Option(
            names = {"-6", "--ipv6"},
            description = "Only the IPv6 address of each name.")
    private boolean ipv6;

    @Option(names = "--both", description = "IPv4 and IPv6 of each name, as a pair of hosts.")
    private boolean both;

    /** Reads them all; what is wrong is added to {@code problems}. */
    List<PingHost> read(Path folder, InputStream stdin, List<String> problems) {
        HostList list = new HostList(families(problems), problems);
        if (generate) {
            list.ranges(hosts);
        } else {
            list.arguments(hosts);
        }
        if (file != null) {
            try {
                list.file(file, text(file, folder, stdin));
            } catch (IOException e) {
                problems.add("--file: cannot read " + file + ": " + FileFault.reason(e));
            }
        }
        List<PingHost> read = list.hosts();
        if (read.isEmpty() && problems.isEmpty()) {
            problems.add("no hosts: give at least one, or --file FILE");
        }
        return read;
    }

    private Families families(List<String> problems) {
        if ((ipv4 ? 1 : 0) + (ipv6 ? 1 : 0) + (both ? 1 : 0) > 1) {
            problems.add("--ipv4, --ipv6, --both: give one of them; --both means both");
        }
        return both ? Families.BOTH : ipv4 ? Families.IPV4 : ipv6 ? Families.IPV6 : Families.ANY;
    }

    private static String text(String file, Path folder, InputStream stdin) throws IOException {
        return file.equals("-")
                ? new String(stdin.readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(folder.resolve(file));
    }
}
