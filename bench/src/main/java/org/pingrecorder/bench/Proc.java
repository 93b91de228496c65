package org.pingrecorder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says of a process: proc(5). */
public final class Proc {

    private static final double TICKS_PER_SECOND = 100;

    private Proc() {}

    /** Resident memory in MiB. */
    public static long residentMib(long pid) throws IOException {
        return residentKb(pid) / 1024;
    }

    /** Resident memory in kB of 1,024 bytes. */
    public static long residentKb(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("process " + pid + " has no VmRSS");
    }

    /** What a process had written to disk, in bytes. */
    public static long writtenBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/io"))) {
            if (line.startsWith("write_bytes:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("process " + pid + " has no write_bytes");
    }

    /** Processor time that a process and all its descendants have used, in seconds. */
    public static double cpuSeconds(ProcessHandle process) throws IOException {
        double seconds = ownCpuSeconds(process.pid());
        for (ProcessHandle child : process.children().toList()) {
            seconds += cpuSeconds(child);
        }
        return seconds;
    }

    private static double ownCpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // Fields after the command's name; 14 to 17 are user and system time, own and of children.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        double ticks = 0;
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(fields.get(i));
        }
        return ticks / TICKS_PER_SECOND;
    }
}
