package org.pingrecorder.agent.hostmetrics;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The processor's temperature, its hottest part's where there are several; nothing on a machine
 * without a sensor, such as most virtual ones. For one thread.
 */
final class Temperature implements Source {

    private static final int MOST_FILES = 32;
    private static final double MILLI = 1_000;

    /** Below and above, it is the sensor that is broken. */
    private static final double LEAST = -50;

    private static final double MOST = 200;

    private final ProcFiles files;
    private @Nullable List<String> sensors;

    Temperature(ProcFiles files) {
        this.files = files;
    }

    @Override
    public void read(Values into) {
        if (sensors == null) {
            sensors = find();
        }
        double hottest = Double.NEGATIVE_INFINITY;
        for (String sensor : sensors) {
            double celsius = files.numberIn(sensor) / MILLI;
            if (celsius > LEAST && celsius < MOST) {
                hottest = Math.max(hottest, celsius);
            }
        }
        into.add("cpu_temperature_celsius", hottest);
    }

    /** Those of the processor's own driver; else the thermal zones that are named after it. */
    private List<String> find() {
        List<String> found = new ArrayList<>();
        for (Path monitor : children("sys/class/hwmon", "hwmon*")) {
            String folder = "sys/class/hwmon/" + monitor.getFileName() + "/";
            if (isProcessor(files.read(folder + "name"))) {
                for (Path input : children(folder, "temp*_input")) {
                    found.add(folder + input.getFileName());
                }
            }
        }
        if (found.isEmpty()) {
            for (Path zone : children("sys/class/thermal", "thermal_zone*")) {
                String folder = "sys/class/thermal/" + zone.getFileName() + "/";
                if (isProcessor(files.read(folder + "type"))) {
                    found.add(folder + "temp");
                }
            }
        }
        return found.subList(0, Math.min(MOST_FILES, found.size()));
    }

    private static boolean isProcessor(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.contains("cpu")
                || lower.contains("soc")
                || List.of("coretemp", "k10temp", "zenpower", "x86_pkg_temp").contains(lower);
    }

    private List<Path> children(String folder, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(files.path(folder), glob)) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            // A machine without sensors has no such folder.
            return List.of();
        }
        found.sort(null);
        return found;
    }
}
