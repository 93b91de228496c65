package org.pingrecorder.bench.speed;

import java.util.Comparator;
import java.util.List;

/**
 * What one run took.
 *
 * @param pings answered pings
 * @param cpuMicros user and system time of the process
 * @param wallMicros from start to end
 * @param allocated heap bytes allocated by the pinging thread; -1 where there is no heap
 */
record Spent(long pings, long cpuMicros, long wallMicros, long allocated) {

    double cpuMicrosPerPing() {
        return (double) cpuMicros / pings;
    }

    double pingsPerSecond() {
        return pings * 1e6 / wallMicros;
    }

    static Spent median(List<Spent> rounds) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(Spent::cpuMicrosPerPing))
                .toList()
                .get(rounds.size() / 2);
    }
}
