package org.pingrecorder.agent.ping;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.config.ClientConfig;
import org.pingrecorder.agent.config.ConfigException;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.agent.config.Surroundings;
import org.pingrecorder.icmp.IcmpUnavailableException;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Durations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ping}: pings hosts and prints what comes back; needs no recorder. */
@Command(
        name = "ping",
        mixinStandardHelpOptions = true,
        header = "Ping hosts without a recorder.",
        description = {
            "Prints a line per ping as its result comes, then a summary per host. Pings of several"
                    + " hosts are spread evenly over the interval.",
            "A reply within the timeout counts as received; one within the grace time after it as"
                    + " late, neither received nor lost; anything else that was sent as lost."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every host answered at least once",
            "1:some host did not",
            "2:bad use, or a name that does not resolve (the other hosts are pinged)",
            "3:this process may not send ICMP; 'check' says what to do",
            "130:stopped by Ctrl-C, after the summary"
        })
public final class PingCommand implements Callable<Integer> {

    private static final int BAD_USE = 2;
    private static final int NO_ICMP = 3;

    private final Surroundings surroundings;
    private final InputStream stdin;

    @Parameters(paramLabel = "HOST", arity = "0..*", description = "IPv4 or IPv6 address or name.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "COUNT",
            defaultValue = "5",
            description =
                    "Pings per host, 0 to 1000000000; 0 goes on until Ctrl-C, which prints the"
                            + " summary. Default: ${DEFAULT-VALUE}.")
    private String count = "";

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "INTERVAL",
            defaultValue = "1s",
            description =
                    "Time between two pings of one host, such as 500ms or 10s; 10ms to 1h. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String interval = "";

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "TIMEOUT",
            defaultValue = ClientConfig.DEFAULT_TIMEOUT,
            description = "A reply after this is late; 10ms to 60s. Default: ${DEFAULT-VALUE}.")
    private String timeout = "";

    @Option(
            names = "--grace",
            paramLabel = "GRACE",
            defaultValue = "1s",
            description =
                    "How long after the timeout a late reply is waited for, and a lost ping stays"
                            + " undecided; 0s to 60s. Default: ${DEFAULT-VALUE}.")
    private String grace = "";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description =
                    "Hosts from a file, one a line, '#' starts a comment; '-' reads standard"
                            + " input.")
    private @Nullable String file;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only the summary.")
    private boolean quiet;

    @Option(
            names = "--json",
            description =
                    "One JSON object a line and nothing else: type 'ping' per ping, type 'summary'"
                            + " per host. Latencies in milliseconds, null without a reply.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    public PingCommand(Surroundings surroundings, InputStream stdin) {
        this.surroundings = surroundings;
        this.stdin = stdin;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = line().getErr();
        try {
            PingPlan plan = plan();
            PingReport report = PingReport.of(line().getOut(), json, quiet);
            return new PingRun(report, surroundings.clock()).run(plan);
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return BAD_USE;
        } catch (IcmpUnavailableException e) {
            err.println(e.getMessage());
            return NO_ICMP;
        }
    }

    private PingPlan plan() throws ConfigException, InterruptedException {
        List<String> problems = new ArrayList<>();
        Duration each = read("--interval", interval, PingCommand::interval, problems);
        Duration wait = read("--timeout", timeout, ClientConfig::timeout, problems);
        Duration extra = read("--grace", grace, ClientConfig::grace, problems);
        long pings = count(problems);
        List<Address> addresses = addresses(problems);
        if (addresses.isEmpty() && problems.isEmpty()) {
            problems.add("no hosts: give at least one, or --file FILE");
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new PingPlan(HostList.resolve(addresses), pings, each, wait, extra);
    }

    private long count(List<String> problems) {
        long pings = count.matches("[0-9]{1,10}") ? Long.parseLong(count) : -1;
        if (pings < 0 || pings > 1_000_000_000) {
            problems.add("--count: write 0 (no end) to 1000000000, not '" + count + "'");
        }
        return pings;
    }

    private List<Address> addresses(List<String> problems) {
        try {
            return HostList.read(hosts, String.valueOf(file), fileText());
        } catch (ConfigException e) {
            problems.add(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            problems.add("--file: cannot read " + file + ": " + FileFault.reason(e));
        }
        return List.of();
    }

    private String fileText() throws IOException {
        if (file == null) {
            return "";
        }
        return file.equals("-")
                ? new String(stdin.readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(surroundings.folder().resolve(file));
    }

    private static Duration interval(String text) {
        return Durations.parse(text, Duration.ofMillis(10), Duration.ofHours(1));
    }

    private static Duration read(
            String flag, String text, Function<String, Duration> parse, List<String> problems) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            problems.add(flag + ": " + e.getMessage());
            return Duration.ZERO;
        }
    }

    private picocli.CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("made without a command line");
        }
        return spec.commandLine();
    }
}
