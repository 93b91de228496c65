package org.pingrecorder.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.packet.PacketSource;
import org.pingrecorder.wire.Families;

class ClientConfigTest {

    @TempDir private Path folder = Path.of("");

    private ClientConfig read(
            Map<Setting, String> flags, @Nullable String configFlag, Map<String, String> env)
            throws ConfigException {
        Settings settings =
                new Settings(flags, configFlag, new Surroundings(env, folder, Clock.system()));
        ClientConfig config = ClientConfig.of(settings, folder);
        settings.check();
        return config;
    }

    private List<String> problems(Map<Setting, String> flags, Map<String, String> env) {
        var e = assertThrows(ConfigException.class, () -> read(flags, null, env));
        return String.valueOf(e.getMessage()).lines().toList();
    }

    private void yaml(String text) throws IOException {
        Files.writeString(folder.resolve("client.yml"), text);
    }

    @Test
    void of_nothingGiven_isTheDefaults() throws Exception {
        ClientConfig config = read(Map.of(), null, Map.of());

        assertEquals(URI.create("http://localhost:5001"), config.recorder());
        assertEquals(HostName.ofMachine(), config.client());
        assertEquals(Duration.ofSeconds(10), config.interval());
        assertEquals(Duration.ofSeconds(2), config.timeout());
        assertEquals(Duration.ofSeconds(3), config.grace());
        assertEquals(Families.ANY, config.families());
        assertEquals(Duration.ofSeconds(60), config.resolveEvery());
        assertNull(config.targets());
        assertEquals(folder.resolve("client-data"), config.data());
        assertEquals(Duration.ofMillis(500), config.uploadInterval());
        assertEquals(4L << 30, config.spoolLimitBytes());
        assertEquals(Duration.ofDays(30), config.spoolAge());
        assertEquals(10_000, config.maxRate());
        assertEquals(EngineConfig.DEFAULT, config.engine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"16MiB", "1TiB", "1024GiB"})
    void spoolLimit_atItsBounds_isTaken(String size) throws Exception {
        ClientConfig config = read(Map.of(Setting.SPOOL_LIMIT, size), null, Map.of());

        assertEquals(size.equals("16MiB") ? 16L << 20 : 1L << 40, config.spoolLimitBytes());
    }

    @Test
    void of_deliverySettingsOutOfBounds_sayWhatToWrite() {
        assertEquals(
                List.of(
                        "--upload-interval: 99ms is out of bounds: write 100ms to 1m",
                        "--spool-limit: 15MiB is out of bounds: write 16MiB to 1TiB",
                        "--spool-age: 59m is out of bounds: write 1h to 8760h",
                        "--max-rate: '0' is out of bounds: write 1 to 1000000",
                        "--metrics-interval: 999ms is out of bounds: write 1s to 1h"),
                problems(
                        Map.of(
                                Setting.UPLOAD_INTERVAL, "99ms",
                                Setting.SPOOL_LIMIT, "15MiB",
                                Setting.SPOOL_AGE, "59m",
                                Setting.MAX_RATE, "0",
                                Setting.METRICS_INTERVAL, "999ms"),
                        Map.of()));
        assertEquals(
                List.of(
                        "--spool-limit: '4GB' is not a size: write a whole number and MiB, GiB or"
                                + " TiB, such as 4GiB"),
                problems(Map.of(Setting.SPOOL_LIMIT, "4GB"), Map.of()));
    }

    @Test
    void cutOffCheck_addresses_comeFromAnywhere() throws Exception {
        assertEquals(List.of(), read(Map.of(), null, Map.of()).cutOffCheck());
        yaml("cut-off-check: 192.0.2.1, 2001:db8::1\n");
        assertEquals(
                "[192.0.2.1, 2001:db8::1]",
                read(Map.of(), null, Map.of()).cutOffCheck().toString());
        assertEquals(
                List.of(
                        "CLIENT_CUT_OFF_CHECK: 'a.example' is neither an address nor 'gateway': a"
                                + " host name may not resolve just when it is needed; write its"
                                + " address"),
                problems(Map.of(), Map.of("CLIENT_CUT_OFF_CHECK", "192.0.2.1,a.example")));
    }

    @Test
    void of_packetSettings_comeFromAnywhere() throws Exception {
        yaml("size: 1400\ndont-fragment: true\nttl: 9\nicmp: raw\n");

        ClientConfig config =
                read(
                        Map.of(Setting.SOURCE, "eth0"),
                        null,
                        Map.of("CLIENT_DSCP", "EF", "CLIENT_DONT_FRAGMENT", "false"));

        assertEquals(
                EngineConfig.DEFAULT
                        .withPacket(
                                new PacketOptions(1_400, 9, 46, false, PacketSource.parse("eth0")))
                        .withKind(Kind.RAW),
                config.engine());
    }

    @Test
    void of_everywhere_flagBeatsEnvBeatsYaml() throws Exception {
        yaml("interval: 1s\ntimeout: 1s\ngrace: 1s\nclient: 7\n");

        ClientConfig config =
                read(
                        Map.of(Setting.INTERVAL, "3s"),
                        null,
                        Map.of(
                                "CLIENT_INTERVAL",
                                "2s",
                                "CLIENT_TIMEOUT",
                                "2s",
                                "CLIENT_GRACE",
                                ""));

        assertEquals(Duration.ofSeconds(3), config.interval());
        assertEquals(Duration.ofSeconds(2), config.timeout());
        assertEquals(Duration.ofSeconds(1), config.grace());
        assertEquals("7", config.client());
    }

    @Test
    void of_familiesAndRefresh_areReadFromAllThree() throws Exception {
        yaml("families: both\nresolve-every: 5s\n");
        assertEquals(Families.BOTH, read(Map.of(), null, Map.of()).families());
        assertEquals(Duration.ofSeconds(5), read(Map.of(), null, Map.of()).resolveEvery());

        Map<String, String> env = Map.of("CLIENT_FAMILIES", "ipv4", "CLIENT_RESOLVE_EVERY", "1h");
        assertEquals(Families.IPV4, read(Map.of(), null, env).families());
        assertEquals(Duration.ofHours(1), read(Map.of(), null, env).resolveEvery());
        Map<Setting, String> flags = Map.of(Setting.FAMILIES, "ipv6");
        assertEquals(Families.IPV6, read(flags, null, env).families());
        assertEquals(
                List.of(
                        "--families: '6' is not any, ipv4, ipv6 or both",
                        "--resolve-every: 4s is out of bounds: write 5s to 1h"),
                problems(
                        new EnumMap<>(Map.of(Setting.FAMILIES, "6", Setting.RESOLVE_EVERY, "4s")),
                        Map.of()));
    }

    @Test
    void of_manyProblems_areToldTogetherWithTheirOrigin() throws Exception {
        yaml("interval: 10\nspeed: 3\ntimeout: [1s]\ngrace: 61s\n");

        List<String> problems =
                problems(Map.of(Setting.RECORDER, "localhost:5001"), Map.of("CLIENT_NAME", "a b"));

        String file = folder.resolve("client.yml").toString();
        assertEquals(
                List.of(
                        file
                                + ": unknown key 'speed': the keys are recorder, client, interval,"
                                + " timeout, grace, families, resolve-every, targets, data,"
                                + " upload-interval, spool-limit, spool-age, max-rate,"
                                + " metrics-interval, metrics-file, metrics-command,"
                                + " cut-off-check, size, ttl, dscp, dont-fragment, source, icmp",
                        file + ", timeout: write one value after the colon",
                        "--recorder: 'localhost:5001' is not a recorder's address: write it such as"
                                + " http://recorder.example.net:5001",
                        "CLIENT_NAME: 'a b': a client name is 1 to 64 letters, digits, '.', '_' or"
                                + " '-' (and not just '.' or '..')",
                        file
                                + ", interval: '10' has no unit: write 10s for seconds or 10ms for"
                                + " milliseconds",
                        file + ", grace: 61s is out of bounds: write 0s to 1m"),
                problems);
    }

    @Test
    void of_brokenYaml_namesTheLine() throws Exception {
        yaml("interval: 1s\n  timeout: 2s\n");

        assertEquals(1, problems(Map.of(), Map.of()).size());
        assertEquals(
                true,
                problems(Map.of(), Map.of())
                        .getFirst()
                        .startsWith(folder.resolve("client.yml") + ", line 2: is not YAML"));
    }

    @Test
    void of_emptyYaml_isNothing() throws Exception {
        yaml("# interval: 1s\n");

        assertEquals(Duration.ofSeconds(10), read(Map.of(), null, Map.of()).interval());
    }

    @Test
    void of_namedConfigFile_mustBeThere() throws Exception {
        Files.writeString(folder.resolve("other.yml"), "interval: 5s");

        assertEquals(Duration.ofSeconds(5), read(Map.of(), "other.yml", Map.of()).interval());
        assertEquals(
                Duration.ofSeconds(5),
                read(Map.of(), null, Map.of("CLIENT_CONFIG", "other.yml")).interval());
        assertEquals(
                List.of(
                        "CLIENT_CONFIG: cannot read "
                                + folder.resolve("none.yml")
                                + ": there is no such file"),
                problems(Map.of(), Map.of("CLIENT_CONFIG", "none.yml")));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:5001/, http://localhost:5001",
        "https://a.example/base, https://a.example/base",
        "http://[::1]:5001, http://[::1]:5001"
    })
    void recorder_valid_isRead(String text, String uri) {
        assertEquals(URI.create(uri), ClientConfig.recorder(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "ftp://a", "http://", "http://a?b", "http://u:p@a", "http://a b"})
    void recorder_invalid_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ClientConfig.recorder(text));
    }

    @Test
    void hostName_isMadeValid() {
        assertEquals("my-host.example", HostName.valid("my host.example"));
        assertEquals("host", HostName.valid(""));
        assertEquals("host", HostName.valid(".."));
        assertEquals(64, HostName.valid("a".repeat(100)).length());
    }
}
