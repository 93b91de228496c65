package org.pingrecorder.agent.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.config.ClientConfig;
import org.pingrecorder.agent.config.ConfigException;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.agent.config.Setting;
import org.pingrecorder.agent.config.Settings;
import org.pingrecorder.agent.config.Surroundings;
import org.pingrecorder.agent.delivery.DataFolder;
import org.pingrecorder.agent.packet.PacketFlags;
import org.pingrecorder.agent.recorder.ProxyChoice;
import org.pingrecorder.agent.targets.TargetList;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.icmp.IcmpUnavailableException;
import org.pingrecorder.icmp.OptionRefusedException;
import org.pingrecorder.wire.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: pings on the timetable and tells a recorder, until it is stopped. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        header = "Ping on an exact timetable and deliver every result to a recorder.",
        description = {
            "Pings the given addresses, those of the targets file, and those of the plan that the"
                + " recorder has for this client, until it is stopped (SIGTERM, Ctrl-C; a second"
                + " one ends at once). Without any it waits for a plan. Results that cannot be"
                + " delivered wait, over a restart too. A recorder that is away stops nothing.",
            "",
            "Every option can also be set by its environment variable (CLIENT_ and its name, such"
                + " as CLIENT_SIZE and CLIENT_DONT_FRAGMENT), or by its name without the leading"
                + " dashes as a key in the YAML file. An option wins over a variable, that over the"
                + " file. Times are a whole number and ms, s, m or h. HTTP_PROXY, HTTPS_PROXY and"
                + " NO_PROXY are honoured.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:stopped by Ctrl-C or SIGTERM, with every result delivered or on disk",
            "1:it could not start (its folder is taken or not writable), broke, or could not put"
                    + " results on disk",
            "2:bad use or configuration; every problem is listed",
            "3:this process may not send ICMP; 'check' says what to do"
        })
public final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private static final int BROKEN = 1;
    private static final int BAD_USE = 2;
    private static final int NO_ICMP = 3;

    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "ADDRESS",
            arity = "0..*",
            description = "IPv4 or IPv6 address or host name to ping.")
    private List<String> addresses = new ArrayList<>();

    @Option(
            names = "--recorder",
            paramLabel = "URL",
            description =
                    "Where the results go. Default: "
                            + ClientConfig.DEFAULT_RECORDER
                            + ". CLIENT_RECORDER")
    private @Nullable String recorder;

    @Option(
            names = "--client",
            paramLabel = "NAME",
            description =
                    "This client's name at the recorder: 1 to 64 letters, digits, '.', '_', '-'."
                            + " Default: the machine's. CLIENT_NAME")
    private @Nullable String client;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description =
                    "Time between two pings of one address, 100ms to 1h. Default: "
                            + ClientConfig.DEFAULT_INTERVAL
                            + ". CLIENT_INTERVAL")
    private @Nullable String interval;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description =
                    "A reply after this is late, 10ms to 1m; may be longer than the interval."
                            + " Default: "
                            + ClientConfig.DEFAULT_TIMEOUT
                            + ". CLIENT_TIMEOUT")
    private @Nullable String timeout;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description =
                    "How long after the timeout a late reply is waited for, 0s to 1m; then the"
                            + " ping is lost. Default: "
                            + ClientConfig.DEFAULT_GRACE
                            + ". CLIENT_GRACE")
    private @Nullable String grace;

    @Option(
            names = "--families",
            paramLabel = "WHICH",
            description =
                    "Which addresses of host names to ping: any (whichever the resolver names"
                            + " first), ipv4, ipv6, or both, each as an ip of its own. Addresses"
                            + " are pinged as they are. Default: "
                            + ClientConfig.DEFAULT_FAMILIES
                            + ". CLIENT_FAMILIES")
    private @Nullable String families;

    @Option(
            names = "--resolve-every",
            paramLabel = "TIME",
            description =
                    "How often host names are looked up again, 5s to 1h; at least every 10s after a"
                            + " failure. Default: "
                            + ClientConfig.DEFAULT_RESOLVE_EVERY
                            + ". CLIENT_RESOLVE_EVERY")
    private @Nullable String resolveEvery;

    @Option(
            names = "--targets",
            paramLabel = "FILE",
            description =
                    "More addresses, one a line; after it, if wanted, interval=, timeout=, grace="
                            + " and families= of its own, then a name; '#' starts a comment. Read"
                            + " again whenever it changes. CLIENT_TARGETS")
    private @Nullable String targets;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where undelivered results are kept, in a folder per client name. Default: "
                            + ClientConfig.DEFAULT_DATA
                            + ". CLIENT_DATA")
    private @Nullable String data;

    @Option(
            names = "--upload-interval",
            paramLabel = "TIME",
            description =
                    "How often results are put on disk and sent, 100ms to 1m. Default: "
                            + ClientConfig.DEFAULT_UPLOAD_INTERVAL
                            + ". CLIENT_UPLOAD_INTERVAL")
    private @Nullable String uploadInterval;

    @Option(
            names = "--spool-limit",
            paramLabel = "SIZE",
            description =
                    "What undelivered results may take on disk, 16MiB to 1TiB; then the oldest are"
                            + " dropped. Default: "
                            + ClientConfig.DEFAULT_SPOOL_LIMIT
                            + ". CLIENT_SPOOL_LIMIT")
    private @Nullable String spoolLimit;

    @Option(
            names = "--spool-age",
            paramLabel = "TIME",
            description =
                    "How long undelivered results are kept, 1h to 8760h. Default: "
                            + ClientConfig.DEFAULT_SPOOL_AGE
                            + ". CLIENT_SPOOL_AGE")
    private @Nullable String spoolAge;

    @Option(
            names = "--max-rate",
            paramLabel = "N",
            description =
                    "Pings a second that the recorder's plan and tasks may order, each, 1 to"
                            + " 1000000; own targets are not counted. Default: "
                            + ClientConfig.DEFAULT_MAX_RATE
                            + ". CLIENT_MAX_RATE")
    private @Nullable String maxRate;

    @Option(
            names = "--metrics-interval",
            paramLabel = "TIME",
            description =
                    "How often this machine's metrics are measured (processor, memory, disks, ...),"
                            + " 1s to 1h; 0 for never. A plan's wins. Default: "
                            + ClientConfig.DEFAULT_METRICS_INTERVAL
                            + ". CLIENT_METRICS_INTERVAL")
    private @Nullable String metricsInterval;

    @Option(
            names = "--metrics-file",
            paramLabel = "FILE",
            description =
                    "More gauges to tell with them, 'name value' a line, at most 100; read each"
                            + " time. CLIENT_METRICS_FILE")
    private @Nullable String metricsFile;

    @Option(
            names = "--metrics-command",
            paramLabel = "COMMAND",
            description =
                    "A command of the shell that writes such lines; it is run each time, and ended"
                            + " after 5 s. CLIENT_METRICS_COMMAND")
    private @Nullable String metricsCommand;

    @Option(
            names = "--cut-off-check",
            paramLabel = "ADDRESS,...",
            description =
                    "Addresses, up to 5, that are pinged every second only to tell whether this"
                            + " client is cut off from its network: while none of them answers,"
                            + " what it loses is marked and held against no target. 'gateway'"
                            + " stands for the default gateway (Linux). Default: none."
                            + " CLIENT_CUT_OFF_CHECK")
    private @Nullable String cutOffCheck;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "YAML file of settings. Default: client.yml in the working directory, if it is"
                            + " there. CLIENT_CONFIG")
    private @Nullable String configFile;

    @Mixin private PacketFlags packet = new PacketFlags();

    @Spec private @Nullable CommandSpec spec;

    public RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("made without a command line");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            ClientRun run = prepare();
            // Without the halt the JVM would end with 143, as if the signal had killed it.
            Thread hook = new Thread(() -> stop(run), "stop");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                run.start();
                run.awaitFault();
                return BROKEN;
            } finally {
                end(run, hook);
            }
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return BAD_USE;
        } catch (OptionRefusedException e) {
            err.println(e.getMessage());
            return BAD_USE;
        } catch (IcmpUnavailableException e) {
            err.println(e.getMessage());
            return NO_ICMP;
        } catch (IOException e) {
            err.println(e.getMessage());
            return BROKEN;
        }
    }

    private static void stop(ClientRun run) {
        NextSignal.interrupts(Thread.currentThread());
        Runtime.getRuntime().halt(run.stop() ? 0 : BROKEN);
    }

    /** Ends a run that nobody asked to end: with its own exit status, not with the hook's. */
    private static void end(ClientRun run, Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("stopped from outside in the same moment", e);
        }
        run.stop();
    }

    private ClientRun prepare() throws ConfigException, IOException, IcmpUnavailableException {
        Settings settings = new Settings(flags(), configFile, surroundings);
        ClientConfig config = ClientConfig.of(settings, surroundings.folder());
        List<Address> given = addresses(settings);
        Optional<ProxyChoice> proxy = proxy(config, settings);
        TargetList list = targets(given, config, settings);
        settings.check();
        DataFolder folder = DataFolder.open(config.data(), config.client());
        try {
            return new ClientRun(config, list, proxy, folder, surroundings.clock());
        } catch (IcmpUnavailableException e) {
            folder.close();
            throw e;
        }
    }

    private Map<Setting, String> flags() {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        put(flags, Setting.RECORDER, recorder);
        put(flags, Setting.CLIENT, client);
        put(flags, Setting.INTERVAL, interval);
        put(flags, Setting.TIMEOUT, timeout);
        put(flags, Setting.GRACE, grace);
        put(flags, Setting.FAMILIES, families);
        put(flags, Setting.RESOLVE_EVERY, resolveEvery);
        put(flags, Setting.TARGETS, targets);
        put(flags, Setting.DATA, data);
        put(flags, Setting.UPLOAD_INTERVAL, uploadInterval);
        put(flags, Setting.SPOOL_LIMIT, spoolLimit);
        put(flags, Setting.SPOOL_AGE, spoolAge);
        put(flags, Setting.MAX_RATE, maxRate);
        put(flags, Setting.METRICS_INTERVAL, metricsInterval);
        put(flags, Setting.METRICS_FILE, metricsFile);
        put(flags, Setting.METRICS_COMMAND, metricsCommand);
        put(flags, Setting.CUT_OFF_CHECK, cutOffCheck);
        flags.putAll(packet.given());
        return flags;
    }

    private static void put(Map<Setting, String> flags, Setting setting, @Nullable String value) {
        if (value != null) {
            flags.put(setting, value);
        }
    }

    private List<Address> addresses(Settings settings) {
        List<Address> given = new ArrayList<>();
        for (String address : addresses) {
            try {
                given.add(Address.parse(address));
            } catch (IllegalArgumentException e) {
                settings.problem("ADDRESS: " + e.getMessage());
            }
        }
        return given;
    }

    private Optional<ProxyChoice> proxy(ClientConfig config, Settings settings) {
        try {
            return ProxyChoice.of(config.recorder(), surroundings.env());
        } catch (IllegalArgumentException e) {
            settings.problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static TargetList targets(List<Address> given, ClientConfig config, Settings settings)
            throws IOException {
        Pace pace = new Pace(config.interval(), config.timeout(), config.grace());
        try {
            return new TargetList(given, config.targets(), pace, config.families());
        } catch (IOException e) {
            settings.problem(
                    "targets: cannot read %s: %s".formatted(config.targets(), FileFault.reason(e)));
            return new TargetList(given, null, pace, config.families());
        }
    }
}
