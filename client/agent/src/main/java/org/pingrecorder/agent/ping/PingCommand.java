package org.pingrecorder.agent.ping;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.config.ClientConfig;
import org.pingrecorder.agent.config.ConfigException;
import org.pingrecorder.agent.config.Surroundings;
import org.pingrecorder.agent.packet.PacketFlags;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.IcmpUnavailableException;
import org.pingrecorder.icmp.OptionRefusedException;
import org.pingrecorder.oneoff.PingHost;
import org.pingrecorder.oneoff.PingPlan;
import org.pingrecorder.wire.Durations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ping}: pings hosts and prints what comes back; needs no recorder. */
@Command(
        name = "ping",
        mixinStandardHelpOptions = true,
        sortOptions = false,
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
            "4:the client itself failed, for want of memory for example",
            "130:stopped by Ctrl-C, after the summary"
        })
public final class PingCommand implements Callable<Integer> {

    private static final int BAD_USE = 2;
    private static final int NO_ICMP = 3;
    private static final int USUAL_COUNT = 5;
    private static final int UNTIL_ANSWERED_COUNT = 3;

    private final Surroundings surroundings;
    private final InputStream stdin;

    @Mixin private HostOptions hostOptions = new HostOptions();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "COUNT",
            description =
                    "Pings per host, 0 to 1000000000; 0 goes on until Ctrl-C, which prints the"
                            + " summary. Default: "
                            + USUAL_COUNT
                            + ".")
    private @Nullable String count;

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
            description = "A reply after this is late; 10ms to 1m. Default: ${DEFAULT-VALUE}.")
    private String timeout = "";

    @Option(
            names = "--grace",
            paramLabel = "GRACE",
            defaultValue = "1s",
            description =
                    "How long after the timeout a late reply is waited for, and a lost ping stays"
                            + " undecided; 0s to 1m. Default: ${DEFAULT-VALUE}.")
    private String grace = "";

    @Mixin private OutputOptions outputOptions = new OutputOptions();

    @Mixin private PacketFlags packet = new PacketFlags();

    @Spec private @Nullable CommandSpec spec;

    public PingCommand(Surroundings surroundings, InputStream stdin) {
        this.surroundings = surroundings;
        this.stdin = stdin;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = line().getErr();
        try {
            List<String> problems = new ArrayList<>();
            PingPlan plan = plan(problems);
            boolean live = outputOptions.isLive(plan.hosts().size(), surroundings.env(), problems);
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
            Output out = new Output(line().getOut());
            PingReport report =
                    outputOptions.report(
                            out, err, plan, live, surroundings.env(), System.out.charset());
            return new PingRun(plan, report, out, live, surroundings.clock()).run();
        } catch (ConfigException | OptionRefusedException e) {
            err.println(e.getMessage());
            return BAD_USE;
        } catch (IcmpUnavailableException e) {
            err.println(e.getMessage());
            return NO_ICMP;
        }
    }

    private PingPlan plan(List<String> problems) {
        Duration each = read("--interval", interval, PingCommand::interval, problems);
        Duration wait = read("--timeout", timeout, ClientConfig::timeout, problems);
        Duration extra = read("--grace", grace, ClientConfig::grace, problems);
        long pings = count(problems);
        List<PingHost> hosts = hostOptions.read(surroundings.folder(), stdin, problems);
        EngineConfig engine = packet.read(problems);
        outputOptions.check(count != null, pings, hosts.size(), problems);
        return new PingPlan(
                hosts, pings, outputOptions.isUntilAnswered(), each, wait, extra, engine);
    }

    private long count(List<String> problems) {
        String times = outputOptions.timesCount();
        if (count == null && times == null) {
            return outputOptions.isUntilAnswered() ? UNTIL_ANSWERED_COUNT : USUAL_COUNT;
        }
        String text = times != null ? times : String.valueOf(count);
        long pings = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
        if (times == null && (pings < 0 || pings > 1_000_000_000)) {
            problems.add("--count: write 0 (no end) to 1000000000, not '" + text + "'");
        }
        return pings;
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
