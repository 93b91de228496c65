package org.pingrecorder.agent.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.cutoff.Gateway;
import org.pingrecorder.agent.cutoff.Reference;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.wire.ClientName;
import org.pingrecorder.wire.Durations;
import org.pingrecorder.wire.Families;
import org.pingrecorder.wire.TargetSettings;

/**
 * How {@code run} works.
 *
 * @param recorder where the results go; {@value #DEFAULT_RECORDER} by default
 * @param client this client's name; the machine's by default
 * @param interval time between two pings of one ip, 100 ms to 1 h, 10 s by default
 * @param timeout a reply after this is late, 10 ms to 1 min, 2 s by default
 * @param grace how long after the timeout a late reply is waited for, 0 to 1 min, 3 s by default
 * @param families which addresses of host names are pinged; {@value #DEFAULT_FAMILIES} by default
 * @param resolveEvery how often host names are looked up again, 5 s to 1 h, 1 min by default
 * @param targets file of targets, or null
 * @param data folder that holds one folder per client name; {@value #DEFAULT_DATA} by default
 * @param uploadInterval how often results are sealed, flushed to disk and sent, 100 ms to 1 min,
 *     500 ms by default
 * @param spoolLimitBytes what may wait for the recorder on disk, 16 MiB to 1 TiB, {@value
 *     #DEFAULT_SPOOL_LIMIT} by default
 * @param spoolAge how long it may wait, 1 h to a year, 30 days by default
 * @param maxRate pings a second that a recorder's plan and tasks may order, 1 to 1000000, {@value
 *     #DEFAULT_MAX_RATE} by default; its own targets are not counted
 * @param metricsInterval between two readings of the host's metrics, 1 s to 1 h or 0 for none,
 *     {@value #DEFAULT_METRICS_INTERVAL} by default; a plan's wins
 * @param metricsFile more gauges, or null
 * @param metricsCommand of the shell, whose output is more gauges, or null
 * @param cutOffCheck addresses whose silence means that this client is cut off from its network, 5
 *     at most; none by default
 * @param engine how it pings; its number of sockets is not a setting
 */
public record ClientConfig(
        URI recorder,
        String client,
        Duration interval,
        Duration timeout,
        Duration grace,
        Families families,
        Duration resolveEvery,
        @Nullable Path targets,
        Path data,
        Duration uploadInterval,
        long spoolLimitBytes,
        Duration spoolAge,
        int maxRate,
        Duration metricsInterval,
        @Nullable Path metricsFile,
        @Nullable String metricsCommand,
        List<Reference> cutOffCheck,
        EngineConfig engine) {

    public static final String DEFAULT_RECORDER = "http://localhost:5001";
    public static final String DEFAULT_DATA = "client-data";
    public static final String DEFAULT_UPLOAD_INTERVAL = "500ms";
    public static final String DEFAULT_SPOOL_LIMIT = "4GiB";
    public static final String DEFAULT_SPOOL_AGE = "720h";
    public static final String DEFAULT_MAX_RATE = "10000";
    public static final String DEFAULT_METRICS_INTERVAL = "10s";
    public static final String DEFAULT_INTERVAL = "10s";
    public static final String DEFAULT_TIMEOUT = "2s";
    public static final String DEFAULT_GRACE = "3s";
    public static final String DEFAULT_FAMILIES = "any";
    public static final String DEFAULT_RESOLVE_EVERY = "1m";

    /** Reads them all; what is wrong is left in {@code settings} for {@link Settings#check}. */
    public static ClientConfig of(Settings settings, Path folder) {
        return new ClientConfig(
                settings.value(Setting.RECORDER, DEFAULT_RECORDER, ClientConfig::recorder),
                settings.value(Setting.CLIENT, HostName.ofMachine(), ClientConfig::client),
                settings.value(Setting.INTERVAL, DEFAULT_INTERVAL, ClientConfig::interval),
                settings.value(Setting.TIMEOUT, DEFAULT_TIMEOUT, ClientConfig::timeout),
                settings.value(Setting.GRACE, DEFAULT_GRACE, ClientConfig::grace),
                settings.value(Setting.FAMILIES, DEFAULT_FAMILIES, Families::parse),
                settings.value(
                        Setting.RESOLVE_EVERY, DEFAULT_RESOLVE_EVERY, ClientConfig::resolveEvery),
                given(settings, Setting.TARGETS, folder::resolve),
                settings.value(Setting.DATA, DEFAULT_DATA, folder::resolve),
                settings.value(
                        Setting.UPLOAD_INTERVAL,
                        DEFAULT_UPLOAD_INTERVAL,
                        ClientConfig::uploadInterval),
                settings.value(Setting.SPOOL_LIMIT, DEFAULT_SPOOL_LIMIT, ByteSize::spoolLimit),
                settings.value(Setting.SPOOL_AGE, DEFAULT_SPOOL_AGE, ClientConfig::spoolAge),
                settings.value(Setting.MAX_RATE, DEFAULT_MAX_RATE, ClientConfig::maxRate),
                settings.value(
                        Setting.METRICS_INTERVAL,
                        DEFAULT_METRICS_INTERVAL,
                        ClientConfig::metricsInterval),
                given(settings, Setting.METRICS_FILE, folder::resolve),
                given(settings, Setting.METRICS_COMMAND, command -> command),
                settings.value(Setting.CUT_OFF_CHECK, "", ClientConfig::cutOffCheck),
                EngineSettings.read(settings));
    }

    private static <T> @Nullable T given(
            Settings settings, Setting setting, Function<String, T> read) {
        return settings.has(setting) ? settings.value(setting, "", read) : null;
    }

    /** Reads the recorder's address, such as {@code https://recorder.example.net:5001}. */
    public static URI recorder(String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null
                    && (scheme.equals("http") || scheme.equals("https"))
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(notRecorder(text), e);
        }
        throw new IllegalArgumentException(notRecorder(text));
    }

    private static String notRecorder(String text) {
        return "'%s' is not a recorder's address: write it such as http://recorder.example.net:5001"
                .formatted(text);
    }

    private static String client(String text) {
        try {
            return ClientName.check(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        }
    }

    /** Reads an interval within its bounds. */
    public static Duration interval(String text) {
        return TargetSettings.interval(text);
    }

    /** Reads a timeout within its bounds. */
    public static Duration timeout(String text) {
        return TargetSettings.timeout(text);
    }

    /** Reads a grace time within its bounds. */
    public static Duration grace(String text) {
        return TargetSettings.grace(text);
    }

    private static Duration uploadInterval(String text) {
        return Durations.parse(text, Duration.ofMillis(100), Duration.ofSeconds(60));
    }

    private static Duration spoolAge(String text) {
        return Durations.parse(text, Duration.ofHours(1), Duration.ofDays(365));
    }

    private static Duration metricsInterval(String text) {
        return text.equals("0") ? Duration.ZERO : plannedMetricsInterval(text);
    }

    /** Reads the time between two readings of the host's metrics, within its bounds. */
    public static Duration plannedMetricsInterval(String text) {
        return Durations.parse(text, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    private static int maxRate(String text) {
        return EngineSettings.number(text, 1, 1_000_000);
    }

    private static List<Reference> cutOffCheck(String text) {
        List<Reference> all = Reference.parseAll(text);
        String os = System.getProperty("os.name");
        if (all.stream().anyMatch(Reference::isGateway) && !Gateway.isKnownOn(os)) {
            throw new IllegalArgumentException(
                    "'gateway' is not known on %s: write the gateway's address".formatted(os));
        }
        return all;
    }

    private static Duration resolveEvery(String text) {
        return Durations.parse(text, Duration.ofSeconds(5), Duration.ofHours(1));
    }
}
