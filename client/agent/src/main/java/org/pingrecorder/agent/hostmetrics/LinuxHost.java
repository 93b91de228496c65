package org.pingrecorder.agent.hostmetrics;

/** Processor, load, memory and uptime, and this process's memory, from /proc. For one thread. */
final class LinuxHost implements Source {

    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;

    /** What follows counts guests, which are in the others already. */
    private static final int STEAL = 8;

    private static final int KIB = 1_024;

    private final ProcFiles files;
    private double busy = Double.NaN;
    private double idle = Double.NaN;

    LinuxHost(ProcFiles files) {
        this.files = files;
    }

    @Override
    public void read(Values into) {
        readProcessor(into);
        String load = files.read("proc/loadavg");
        into.add("load1", ProcFiles.number(ProcFiles.word(load, 0)));
        into.add("load5", ProcFiles.number(ProcFiles.word(load, 1)));
        into.add("load15", ProcFiles.number(ProcFiles.word(load, 2)));
        String memory = files.read("proc/meminfo");
        add(into, "memory", kib(memory, "MemTotal:"), kib(memory, "MemAvailable:"));
        add(into, "swap", kib(memory, "SwapTotal:"), kib(memory, "SwapFree:"));
        into.add("client_resident_bytes", kib(files.read("proc/self/status"), "VmRSS:"));
        into.add("uptime_seconds", ProcFiles.number(ProcFiles.word(files.read("proc/uptime"), 0)));
    }

    private static void add(Values into, String what, double total, double free) {
        into.add(what + "_total_bytes", total);
        into.add(what + "_used_bytes", total - free);
    }

    /** Its share since the call before; none at the first. */
    private void readProcessor(Values into) {
        String stat = files.read("proc/stat");
        String line = stat.substring(0, Math.max(0, stat.indexOf('\n')));
        if (!line.startsWith("cpu ")) {
            return;
        }
        double nowIdle = 0;
        double nowBusy = 0;
        for (int i = 1; i <= STEAL; i++) {
            double ticks = ProcFiles.number(ProcFiles.word(line, i));
            if (i == IDLE || i == IO_WAIT) {
                nowIdle += Double.isNaN(ticks) ? 0 : ticks;
            } else {
                nowBusy += Double.isNaN(ticks) ? 0 : ticks;
            }
        }
        double all = nowBusy - busy + nowIdle - idle;
        if (all > 0) {
            double percent = Math.clamp(100 * (nowBusy - busy) / all, 0, 100);
            into.add("cpu_percent", Math.round(percent * 10) / 10.0);
        }
        busy = nowBusy;
        idle = nowIdle;
        into.add("cpu_count", Runtime.getRuntime().availableProcessors());
    }

    /**
     * The number after a name at a line's start, which is in KiB, in bytes; NaN if there is none.
     */
    static double kib(String text, String name) {
        int at = text.startsWith(name) ? 0 : text.indexOf("\n" + name) + 1;
        if (at == 0 && !text.startsWith(name)) {
            return Double.NaN;
        }
        int end = text.indexOf('\n', at);
        String line = text.substring(at + name.length(), end < 0 ? text.length() : end);
        return ProcFiles.number(ProcFiles.word(line, 0)) * KIB;
    }
}
