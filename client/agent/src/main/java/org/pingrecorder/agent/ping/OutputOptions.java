package org.pingrecorder.agent.ping;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.oneoff.PingPlan;
import picocli.CommandLine.Option;

/** The part of the command line that says what to print. */
final class OutputOptions {

    /** With {@link #times}: every time is kept until the end. */
    private static final int MAX_TIMES = 10_000;

    private static final long MAX_TIMES_OF_ALL = 5_000_000;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only the summary.")
    private boolean quiet;

    @Option(
            names = {"-a", "--alive"},
            description =
                    "Only the hosts that answer, one a line, each as soon as it does; it is then"
                            + " left alone. COUNT is 3 unless given.")
    private boolean alive;

    @Option(
            names = {"-u", "--unreachable"},
            description = "Only the hosts that answered none of COUNT pings, 3 unless given.")
    private boolean unreachable;

    @Option(
            names = {"-C", "--times"},
            paramLabel = "COUNT",
            description =
                    "Like -c COUNT, 10000 at most, and in place of the summary a line per host with"
                            + " the time of each ping in ms: '-' is lost, '!' not sent, '?' not"
                            + " decided, an 'L' after it late.")
    private @Nullable String times;

    @Option(
            names = "--json",
            description =
                    "One JSON object a line and nothing else: type 'ping' per ping, type 'summary'"
                            + " per host. Latencies in milliseconds, null without a reply.")
    private boolean json;

    @Option(
            names = "--live",
            negatable = true,
            description =
                    "A table that is redrawn in place, worst hosts first; on a terminal the default"
                            + " for more than one host.")
    private @Nullable Boolean live;

    /** COUNT of {@code -C}, if given. */
    @Nullable String timesCount() {
        return times;
    }

    /** Whether a host that has answered needs no more pings. */
    boolean isUntilAnswered() {
        return alive || unreachable;
    }

    /** Adds what does not fit together. */
    void check(boolean countGiven, long count, int hosts, List<String> problems) {
        if (alive && unreachable) {
            problems.add("--alive, --unreachable: give one of them");
        }
        if (isUntilAnswered() && (json || times != null || isLiveWanted())) {
            problems.add(
                    "--alive, --unreachable: print hosts and nothing else, so leave --json, --times"
                            + " and --live out");
        }
        if (unreachable && count == 0) {
            problems.add("--unreachable: needs an end, so give a --count of 1 or more");
        }
        if (times != null && countGiven) {
            problems.add("--times: has a COUNT of its own, so leave --count out");
        }
        if (times != null && (count < 1 || count > MAX_TIMES)) {
            problems.add("--times: write 1 to " + MAX_TIMES + ", not '" + times + "'");
        } else if (times != null && count * hosts > MAX_TIMES_OF_ALL) {
            problems.add(
                    "--times: %d pings of %d hosts are too many to keep; write %d at most, or use --json"
                            .formatted(count, hosts, MAX_TIMES_OF_ALL / hosts));
        }
        if (isLiveWanted() && (json || quiet || times != null)) {
            problems.add("--live: leave --json, --quiet and --times out");
        }
    }

    private boolean isLiveWanted() {
        return Boolean.TRUE.equals(live);
    }

    /** Adds what the terminal cannot do; whether to show the live view. */
    boolean isLive(int hosts, Map<String, String> env, List<String> problems) {
        boolean plain = json || quiet || times != null || isUntilAnswered();
        if (Boolean.FALSE.equals(live) || plain) {
            return false;
        }
        boolean possible = Terminal.isStdout() && new Terminal(env).canRedraw();
        if (isLiveWanted() && !possible) {
            problems.add("--live: standard output is no terminal, or TERM says it is a dumb one");
        }
        return possible && (isLiveWanted() || hosts > 1);
    }

    /** The report that was asked for. */
    PingReport report(
            Output out,
            PrintWriter err,
            PingPlan plan,
            boolean isLive,
            Map<String, String> env,
            Charset charset) {
        if (isLive) {
            return new LiveReport(out, new Terminal(env), new LiveView(plan, Marks.of(charset)));
        }
        if (isUntilAnswered()) {
            return new HostListReport(out, err, alive, plan.count());
        }
        if (json) {
            return new JsonPingReport(out, quiet);
        }
        PingReport lines = new TextPingReport(out, quiet);
        return times == null ? lines : new TimesReport(out, lines, (int) plan.count());
    }
}
