package org.pingrecorder.agent.status;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.config.ClientConfig;
import org.pingrecorder.agent.config.ConfigException;
import org.pingrecorder.agent.config.Setting;
import org.pingrecorder.agent.config.Settings;
import org.pingrecorder.agent.config.Surroundings;
import org.pingrecorder.agent.recorder.ProxyChoice;
import org.pingrecorder.agent.recorder.RecorderAwayException;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.agent.recorder.RequestRefusedException;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.Durations;
import org.pingrecorder.wire.Ip;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: reads back what the recorder holds of the last minute. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        header = "Show what the recorder holds of the last minute.",
        description = {
            "Reads GET /clients, GET /ips and GET /pings, and prints a row per client (whether it"
                    + " has a control channel, its plan, what waits there) and a row per client"
                    + " and ip. Pings not yet decided or not yet delivered are not there; those"
                    + " lost while the client was cut off are not in lost, but in a column of"
                    + " their own. Times are UTC.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:shown",
            "1:the recorder does not answer or refuses, or does not know the client (without"
                    + " --every)",
            "2:bad use"
        })
public final class StatusCommand implements Callable<Integer> {

    private static final int SHOWN = 0;
    private static final int NO_ANSWER = 1;
    private static final int BAD_USE = 2;
    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final Surroundings surroundings;

    @Option(
            names = "--recorder",
            paramLabel = "URL",
            description =
                    "Which recorder. Default: "
                            + ClientConfig.DEFAULT_RECORDER
                            + ". CLIENT_RECORDER, or 'recorder' in client.yml")
    private @Nullable String recorder;

    @Option(
            names = "--client",
            paramLabel = "NAME",
            description = "Only this client. Default: all.")
    private @Nullable String client;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description = "Show again after this time, 1s to 1h, until Ctrl-C. Default: show once.")
    private @Nullable String every;

    @Spec private @Nullable CommandSpec spec;

    public StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("made without a command line");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Duration pause = pause();
            try (RecorderClient at = recorder()) {
                int status = show(at, err);
                while (pause != null) {
                    Thread.sleep(pause);
                    status = show(at, err);
                }
                return status;
            }
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return BAD_USE;
        }
    }

    private RecorderClient recorder() throws ConfigException {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        if (recorder != null) {
            flags.put(Setting.RECORDER, recorder);
        }
        Settings settings = new Settings(flags, null, surroundings);
        URI uri =
                settings.value(
                        Setting.RECORDER, ClientConfig.DEFAULT_RECORDER, ClientConfig::recorder);
        settings.check();
        try {
            return new RecorderClient(uri, ProxyChoice.of(uri, surroundings.env()));
        } catch (IllegalArgumentException e) {
            throw problem(String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable Duration pause() throws ConfigException {
        if (every == null) {
            return null;
        }
        try {
            return Durations.parse(every, Duration.ofSeconds(1), Duration.ofHours(1));
        } catch (IllegalArgumentException e) {
            throw problem("--every: " + e.getMessage(), e);
        }
    }

    private static ConfigException problem(String message, Exception cause) {
        ConfigException problem = new ConfigException(List.of(message));
        problem.initCause(cause);
        return problem;
    }

    private int show(RecorderClient at, PrintWriter err) throws InterruptedException {
        try {
            Instant end = Instant.EPOCH.plus(surroundings.clock().epochMicros(), ChronoUnit.MICROS);
            List<Ip> ips = at.ips(client);
            List<Client> clients = clients(at);
            if (client != null && ips.isEmpty() && clients.isEmpty()) {
                return failed(
                        at,
                        err,
                        "there is no client '" + client + "'; status without --client shows all");
            }
            StatusTable table = new StatusTable(ips);
            at.pings(client, end.minus(WINDOW), end, table::add);
            tell(clients, table, end);
            return SHOWN;
        } catch (RecorderAwayException | RequestRefusedException e) {
            return failed(at, err, e.getMessage());
        }
    }

    private static int failed(RecorderClient at, PrintWriter err, @Nullable String why) {
        err.println("recorder " + at.recorder() + ": " + why);
        err.flush();
        return NO_ANSWER;
    }

    private List<Client> clients(RecorderClient at)
            throws RecorderAwayException, RequestRefusedException, InterruptedException {
        return at.clients().stream()
                .filter(each -> client == null || client.equals(each.client()))
                .toList();
    }

    private void tell(List<Client> clients, StatusTable table, Instant end) {
        if (spec != null) {
            PrintWriter out = spec.commandLine().getOut();
            if (!clients.isEmpty()) {
                out.println(ClientsTable.text(clients));
                out.println();
            }
            out.println("the last minute, at " + StatusTable.time(end) + " UTC:");
            out.println(table.text());
            out.println();
            out.flush();
        }
    }
}
