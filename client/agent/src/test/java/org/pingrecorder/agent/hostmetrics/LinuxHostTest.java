package org.pingrecorder.agent.hostmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of folders like /proc and /sys. */
class LinuxHostTest {

    private static final String STAT =
            """
            cpu  100 20 30 800 40 5 5 0 7 0
            cpu0 50 10 15 400 20 2 2 0 3 0
            intr 12345
            """;

    private static final String MEMORY =
            """
            MemTotal:       16000000 kB
            MemFree:          500000 kB
            MemAvailable:    4000000 kB
            SwapTotal:       2000000 kB
            SwapFree:        1500000 kB
            """;

    private static final String DEV =
            """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo: 999 9 0 0 0 0 0 0 999 9 0 0 0 0 0 0
              eth0:18446744073709551615 10 1 2 0 0 0 0 7000 20 3 4 0 0 0 0
            veth12ab: 5 1 0 0 0 0 0 0 5 1 0 0 0 0 0 0
            wlan0: 10 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0
            """;

    private static final String MOUNTS =
            """
            proc /proc proc rw 0 0
            /dev/vda1 / ext4 rw,relatime 0 0
            /dev/vda1 /var/lib/docker ext4 rw 0 0
            /dev/loop3 /snap/core squashfs ro 0 0
            tmpfs /run tmpfs rw 0 0
            nas:/export /mnt/nas nfs4 rw 0 0
            //nas/share /mnt/cifs cifs rw 0 0
            tank/data /tank zfs rw 0 0
            /dev/sdb1 /mnt/my\\040disk\\134x vfat rw 0 0
            /dev/sdc1 /etc/hosts ext4 rw 0 0
            """;

    @TempDir Path root = Path.of("");

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Map<String, Double> read(Source... sources) {
        Values values = new Values();
        for (Source source : sources) {
            source.read(values);
        }
        Map<String, Double> read = new TreeMap<>();
        for (int i = 0; i < values.count(); i++) {
            read.put(values.names()[i], values.values()[i]);
        }
        return read;
    }

    private ProcFiles files() {
        return new ProcFiles(root);
    }

    private static final Disks.Space SPACE =
            new Disks.Space() {
                @Override
                public long total(String mount) {
                    return 1_000L * mount.length();
                }

                @Override
                public long free(String mount) {
                    return 10L * mount.length();
                }
            };

    @Test
    void read_host_isInBaseUnits() throws IOException {
        write("proc/stat", STAT);
        write("proc/loadavg", "0.52 0.40 0.30 1/456 789\n");
        write("proc/meminfo", MEMORY);
        write("proc/uptime", "12345.67 98765.43\n");
        write("proc/self/status", "Name:\tjava\nVmHWM:\t 99 kB\nVmRSS:\t  91000 kB\n");

        Map<String, Double> read = read(new LinuxHost(files()));

        assertEquals(0.52, read.get("load1"));
        assertEquals(0.3, read.get("load15"));
        assertEquals(16_000_000 * 1024.0, read.get("memory_total_bytes"));
        assertEquals(12_000_000 * 1024.0, read.get("memory_used_bytes"));
        assertEquals(500_000 * 1024.0, read.get("swap_used_bytes"));
        assertEquals(12_345.67, read.get("uptime_seconds"));
        assertEquals(91_000 * 1024.0, read.get("client_resident_bytes"));
        assertTrue(!read.containsKey("cpu_percent"), "nothing to compare with yet");
    }

    @Test
    void read_processorAgain_isItsShareSinceThen() throws IOException {
        write("proc/stat", STAT);
        LinuxHost host = new LinuxHost(files());
        read(host);
        write("proc/stat", STAT.replace("cpu  100 20 30 800 40", "cpu  110 20 35 860 45"));

        // 15 of 80 ticks; guests' are in the user's already.
        assertEquals(18.8, read(host).get("cpu_percent"));

        write("proc/stat", STAT);
        assertTrue(!read(host).containsKey("cpu_percent"), "they went back");
    }

    @Test
    void read_mounts_areRealDisksEachOnce() throws IOException {
        write("proc/self/mounts", MOUNTS);

        assertEquals(
                Map.of(
                        "disk_total_bytes{mount=\"/\"}",
                        1_000.0,
                        "disk_used_bytes{mount=\"/\"}",
                        990.0,
                        "disk_total_bytes{mount=\"/tank\"}",
                        5_000.0,
                        "disk_used_bytes{mount=\"/tank\"}",
                        4_950.0,
                        "disk_total_bytes{mount=\"/mnt/my disk\\\\x\"}",
                        14_000.0,
                        "disk_used_bytes{mount=\"/mnt/my disk\\\\x\"}",
                        13_860.0),
                read(new Disks(files(), SPACE)));
    }

    @Test
    void read_manyMountsAndInterfaces_areBounded() throws IOException {
        StringBuilder mounts = new StringBuilder();
        StringBuilder dev = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            mounts.append("/dev/sd%d /m%d ext4 rw 0 0\n".formatted(i, i));
            dev.append("eth%d: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n".formatted(i));
        }
        write("proc/self/mounts", mounts.toString());
        write("proc/net/dev", dev.toString());

        assertEquals(2 * Disks.MOST, read(new Disks(files(), SPACE)).size());
        assertEquals(4 * Interfaces.MOST, read(new Interfaces(files())).size());
    }

    @Test
    void read_overlayRootOfAContainer_isADisk() throws IOException {
        write("proc/self/mounts", "overlay / overlay rw 0 0\noverlay /x overlay rw 0 0\n");

        assertEquals(2, read(new Disks(files(), SPACE)).size());
    }

    @Test
    void read_interfaces_areAllButLoopbackAndContainers() throws IOException {
        write("proc/net/dev", DEV);

        Map<String, Double> read = read(new Interfaces(files()));

        assertEquals(8, read.size());
        assertEquals(0x1p64, read.get("net_received_bytes{interface=\"eth0\"}"));
        assertEquals(7_000, read.get("net_sent_bytes{interface=\"eth0\"}"));
        assertEquals(3, read.get("net_receive_errors{interface=\"eth0\"}"));
        assertEquals(7, read.get("net_send_errors{interface=\"eth0\"}"));
        assertEquals(20, read.get("net_sent_bytes{interface=\"wlan0\"}"));
    }

    @Test
    void read_temperature_isTheProcessorsHottest() throws IOException {
        write("sys/class/hwmon/hwmon0/name", "nvme\n");
        write("sys/class/hwmon/hwmon0/temp1_input", "70000\n");
        write("sys/class/hwmon/hwmon1/name", "coretemp\n");
        write("sys/class/hwmon/hwmon1/temp1_input", "41000\n");
        write("sys/class/hwmon/hwmon1/temp2_input", "43500\n");
        write("sys/class/hwmon/hwmon1/temp3_input", "-128000\n");
        write("sys/class/hwmon/hwmon1/temp1_max", "90000\n");
        write("sys/class/thermal/thermal_zone0/type", "x86_pkg_temp\n");
        write("sys/class/thermal/thermal_zone0/temp", "50000\n");

        assertEquals(Map.of("cpu_temperature_celsius", 43.5), read(new Temperature(files())));
    }

    @Test
    void read_thermalZoneOnly_isTheTemperature() throws IOException {
        write("sys/class/thermal/thermal_zone0/type", "acpitz\n");
        write("sys/class/thermal/thermal_zone0/temp", "20000\n");
        write("sys/class/thermal/thermal_zone1/type", "cpu-thermal\n");
        write("sys/class/thermal/thermal_zone1/temp", "48312\n");

        assertEquals(Map.of("cpu_temperature_celsius", 48.312), read(new Temperature(files())));
    }

    @Test
    void read_nothingThere_isNothing() {
        assertEquals(Map.of(), read(HostMetrics.linux(root).toArray(Source[]::new)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n",
                "cpu ",
                "cpu  a b c d e f",
                "cpu  -1 99999999999999999999999999999999999999 1e999 NaN",
                "MemTotal:",
                "MemTotal: lots kB\nMemAvailable: kB",
                ": : :",
                "eth0:",
                "eth0: 1",
                "x:\u0000\u0001 \ufffd",
                "/dev/sda",
                "/dev/sda \\ ext4",
                "/dev/sda /\\04 ext4 rw",
                "/dev/sda /\\777 ext4 rw"
            })
    void read_hostileText_isNothingWorse(String text) throws IOException {
        for (String name :
                List.of(
                        "proc/stat",
                        "proc/loadavg",
                        "proc/meminfo",
                        "proc/uptime",
                        "proc/self/status",
                        "proc/self/mounts",
                        "proc/net/dev",
                        "sys/class/hwmon/hwmon0/temp1_input")) {
            write(name, text);
        }
        write("sys/class/hwmon/hwmon0/name", "k10temp");
        Source[] sources = {
            new LinuxHost(files()),
            new Disks(files(), SPACE),
            new Interfaces(files()),
            new Temperature(files())
        };

        read(sources).forEach((name, value) -> assertTrue(Double.isFinite(value), name));
    }

    @Test
    void read_thisMachine_hasTheValuesOfEveryLinux() {
        Source[] here = HostMetrics.linux(Path.of("/")).toArray(Source[]::new);
        read(here);

        Map<String, Double> read = read(here);

        for (String name :
                List.of("load1", "memory_used_bytes", "uptime_seconds", "client_resident_bytes")) {
            assertTrue(read.containsKey(name), () -> name + " in " + read);
        }
        assertTrue(read.containsKey("disk_used_bytes{mount=\"/\"}"), read::toString);
    }

    @Test
    void read_longFile_isCut() throws IOException {
        write("big", "x".repeat(300_000));

        assertEquals(1 << 17, files().read("big").length());
    }
}
