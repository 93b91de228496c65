package org.pingrecorder.agent.hostmetrics;

import org.pingrecorder.wire.MetricName;

/**
 * What went over the network interfaces since the machine started: bytes, and packets that were
 * faulty or dropped. Not of the loopback, nor of containers' ends. For one thread.
 */
final class Interfaces implements Source {

    static final int MOST = 16;

    private static final int RECEIVED = 0;
    private static final int RECEIVE_ERRORS = 2;
    private static final int RECEIVE_DROPS = 3;
    private static final int SENT = 8;
    private static final int SEND_ERRORS = 10;
    private static final int SEND_DROPS = 11;

    private final ProcFiles files;

    Interfaces(ProcFiles files) {
        this.files = files;
    }

    @Override
    public void read(Values into) {
        String text = files.read("proc/net/dev");
        int found = 0;
        for (int at = 0; at < text.length() && found < MOST; ) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 1;
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (name.isEmpty() || name.equals("lo") || name.startsWith("veth")) {
                continue;
            }
            add(into, name, line.substring(colon + 1));
            found++;
        }
    }

    private static void add(Values into, String name, String counts) {
        add(into, "net_received_bytes", name, number(counts, RECEIVED));
        add(into, "net_sent_bytes", name, number(counts, SENT));
        add(
                into,
                "net_receive_errors",
                name,
                number(counts, RECEIVE_ERRORS) + number(counts, RECEIVE_DROPS));
        add(
                into,
                "net_send_errors",
                name,
                number(counts, SEND_ERRORS) + number(counts, SEND_DROPS));
    }

    private static void add(Values into, String metric, String name, double value) {
        into.add(MetricName.labelled(metric, "interface", name), value);
    }

    private static double number(String counts, int index) {
        return ProcFiles.number(ProcFiles.word(counts, index));
    }
}
