package org.pingrecorder.recorder.config;

import io.micronaut.core.value.PropertyResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pingrecorder.wire.Address;

/**
 * How the recorder is set up; each value is an environment variable and a key below {@code
 * recorder:} in the YAML file.
 *
 * @param host address or name to listen on; {@code RECORDER_HOST}, 127.0.0.1
 * @param port TCP port, 1 to 65535, or 0 for any free one; {@code RECORDER_PORT}, 5001
 * @param open whether to listen beyond loopback without authentication; {@code RECORDER_OPEN},
 *     false
 * @param names host names, besides its own, by which callers may address the recorder; {@code
 *     RECORDER_NAMES}, comma-separated, none
 * @param data the data folder of the embedded PostgreSQL; {@code RECORDER_DATA}, {@code data}
 * @param keepPings how long pings are kept, by their time, 1 to 36,500 days; {@code
 *     RECORDER_KEEP_PINGS}, empty for ever
 * @param keepSummaries how long hourly summaries, outages, gaps and metrics of hosts are kept, not
 *     less than pings; {@code RECORDER_KEEP_SUMMARIES}, empty for ever
 * @param database the operator's own PostgreSQL, empty for the embedded one
 */
public record RecorderConfig(
        String host,
        int port,
        boolean open,
        List<String> names,
        Path data,
        Optional<Duration> keepPings,
        Optional<Duration> keepSummaries,
        Optional<Database> database) {

    static final Set<String> KEYS =
            Set.of("host", "port", "open", "names", "data", "keep-pings", "keep-summaries");

    private static final int MOST_DAYS = 36_500;
    private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})d");

    public RecorderConfig {
        names = List.copyOf(names);
    }

    /**
     * A PostgreSQL that the operator named.
     *
     * @param url {@code DATASOURCES_DEFAULT_URL}
     * @param user {@code DATASOURCES_DEFAULT_USERNAME}
     * @param password {@code DATASOURCES_DEFAULT_PASSWORD}
     */
    public record Database(String url, String user, String password) {}

    /**
     * Reads and checks all of it.
     *
     * @throws StartFailure naming every problem, one a line
     */
    public static RecorderConfig read(PropertyResolver properties) throws StartFailure {
        List<String> problems = new ArrayList<>();
        String host = text(properties, "recorder.host", "127.0.0.1");
        int port = port(properties, problems);
        boolean open = flag(properties, problems);
        checkReach(host, open, problems);
        List<String> names = names(properties, problems);
        Path data = Path.of(text(properties, "recorder.data", "data"));
        Optional<Duration> keepPings = age(properties, "recorder.keep-pings", problems);
        Optional<Duration> keepSummaries = age(properties, "recorder.keep-summaries", problems);
        checkAges(keepPings, keepSummaries, problems);
        Optional<Database> database = database(properties, problems);
        if (!problems.isEmpty()) {
            throw new StartFailure(String.join(System.lineSeparator(), problems));
        }
        return new RecorderConfig(
                host, port, open, names, data, keepPings, keepSummaries, database);
    }

    private static int port(PropertyResolver properties, List<String> problems) {
        String given = text(properties, "recorder.port", "5001");
        if (given.matches("[0-9]{1,5}") && Integer.parseInt(given) <= 65_535) {
            return Integer.parseInt(given);
        }
        problems.add(
                "RECORDER_PORT is '"
                        + given
                        + "'; set it to a port number from 1 to 65535 (0 takes any free one).");
        return 0;
    }

    private static boolean flag(PropertyResolver properties, List<String> problems) {
        String given = text(properties, "recorder.open", "false").toLowerCase(Locale.ROOT);
        if (!given.equals("true") && !given.equals("false")) {
            problems.add("RECORDER_OPEN is '" + given + "'; set it to true or false.");
        }
        return given.equals("true");
    }

    private static void checkReach(String host, boolean open, List<String> problems) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress() && !open) {
                problems.add(
                        "RECORDER_HOST is '"
                                + host
                                + "', which others can reach, and there is no authentication yet;"
                                + " set RECORDER_OPEN=true if that is meant, or RECORDER_HOST to"
                                + " 127.0.0.1.");
            }
        } catch (UnknownHostException e) {
            problems.add(
                    "RECORDER_HOST is '"
                            + host
                            + "', which is no address or known name of this machine; set it to one,"
                            + " such as 127.0.0.1.");
        }
    }

    private static List<String> names(PropertyResolver properties, List<String> problems) {
        List<String> names = new ArrayList<>();
        for (String given :
                properties.getProperty("recorder.names", String[].class).orElse(new String[0])) {
            if (given.isBlank()) {
                continue;
            }
            try {
                names.add(Address.parse(given.strip()).text());
            } catch (IllegalArgumentException e) {
                problems.add("RECORDER_NAMES: " + e.getMessage() + ".");
            }
        }
        return names;
    }

    private static Optional<Duration> age(
            PropertyResolver properties, String key, List<String> problems) {
        String given = text(properties, key, "");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Matcher days = DAYS.matcher(given);
        int count = days.matches() ? Integer.parseInt(days.group(1)) : 0;
        if (count < 1 || count > MOST_DAYS) {
            problems.add(
                    key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')
                            + " is '"
                            + given
                            + "'; set it to a number of days such as 90d, 1d to "
                            + MOST_DAYS
                            + "d, or leave it out to keep all.");
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(count));
    }

    private static void checkAges(
            Optional<Duration> pings, Optional<Duration> summaries, List<String> problems) {
        if (summaries.isPresent()
                && (pings.isEmpty() || pings.get().compareTo(summaries.get()) > 0)) {
            problems.add(
                    "RECORDER_KEEP_SUMMARIES is "
                            + summaries.get().toDays()
                            + "d, less than what is kept of pings; set RECORDER_KEEP_PINGS to at"
                            + " most that, or leave RECORDER_KEEP_SUMMARIES out.");
        }
    }

    private static Optional<Database> database(PropertyResolver properties, List<String> problems) {
        String url = text(properties, "datasources.default.url", "");
        String user = text(properties, "datasources.default.username", "");
        String password =
                properties.getProperty("datasources.default.password", String.class).orElse("");
        if (url.isEmpty()) {
            if (!user.isEmpty() || !password.isEmpty()) {
                problems.add(
                        "DATASOURCES_DEFAULT_USERNAME or _PASSWORD is set, but not"
                                + " DATASOURCES_DEFAULT_URL; set it too, or none of them for the"
                                + " embedded PostgreSQL.");
            }
            return Optional.empty();
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            problems.add(
                    "DATASOURCES_DEFAULT_URL is '"
                            + withoutSecrets(url)
                            + "'; write it as jdbc:postgresql://host:5432/database.");
        }
        return Optional.of(new Database(url, user, password));
    }

    /** The URL without what follows the question mark: a password may stand there. */
    public static String withoutSecrets(String url) {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }

    private static String text(PropertyResolver properties, String key, String otherwise) {
        return properties
                .getProperty(key, String.class)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .orElse(otherwise);
    }
}
