package org.pingrecorder.agent.hostmetrics;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.MetricName;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.software.os.OSFileStore;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * The same values on systems other than Linux, through OSHI, whose classes are loaded only there.
 * For one thread.
 */
final class OtherHost implements Source {

    private static final double[] NO_LOAD = {Double.NaN, Double.NaN, Double.NaN};

    private @Nullable SystemInfo system;
    private long @Nullable [] ticks;

    @Override
    public void read(Values into) {
        if (system == null) {
            system = new SystemInfo();
        }
        HardwareAbstractionLayer hardware = system.getHardware();
        OperatingSystem os = system.getOperatingSystem();
        readProcessor(hardware.getProcessor(), into);
        readMemory(hardware.getMemory(), into);
        into.add("uptime_seconds", os.getSystemUptime());
        OSProcess self = os.getProcess(os.getProcessId());
        if (self != null) {
            into.add("client_resident_bytes", self.getResidentMemory());
        }
        readDisks(os.getFileSystem().getFileStores(true), into);
        double celsius = hardware.getSensors().getCpuTemperature();
        if (celsius > 0) {
            into.add("cpu_temperature_celsius", celsius);
        }
        hardware.getNetworkIFs().stream()
                .limit(Interfaces.MOST)
                .forEach(each -> readInterface(each, into));
    }

    private void readProcessor(CentralProcessor processor, Values into) {
        if (ticks != null) {
            double percent = processor.getSystemCpuLoadBetweenTicks(ticks) * 100;
            into.add("cpu_percent", Math.round(percent * 10) / 10.0);
        }
        ticks = processor.getSystemCpuLoadTicks();
        into.add("cpu_count", processor.getLogicalProcessorCount());
        double[] load = processor.getSystemLoadAverage(3);
        double[] known = load.length == 3 && load[0] >= 0 ? load : NO_LOAD;
        into.add("load1", known[0]);
        into.add("load5", known[1]);
        into.add("load15", known[2]);
    }

    private static void readMemory(GlobalMemory memory, Values into) {
        into.add("memory_total_bytes", memory.getTotal());
        into.add("memory_used_bytes", memory.getTotal() - memory.getAvailable());
        into.add("swap_total_bytes", memory.getVirtualMemory().getSwapTotal());
        into.add("swap_used_bytes", memory.getVirtualMemory().getSwapUsed());
    }

    private static void readDisks(List<OSFileStore> stores, Values into) {
        Set<String> seen = new HashSet<>();
        for (OSFileStore store : stores) {
            if (store.getTotalSpace() > 0
                    && seen.size() < Disks.MOST
                    && seen.add(store.getVolume())) {
                String mount = store.getMount();
                into.add(
                        MetricName.labelled("disk_total_bytes", "mount", mount),
                        store.getTotalSpace());
                into.add(
                        MetricName.labelled("disk_used_bytes", "mount", mount),
                        store.getTotalSpace() - store.getFreeSpace());
            }
        }
    }

    private static void readInterface(NetworkIF each, Values into) {
        String name = each.getName();
        into.add(MetricName.labelled("net_received_bytes", "interface", name), each.getBytesRecv());
        into.add(MetricName.labelled("net_sent_bytes", "interface", name), each.getBytesSent());
        into.add(
                MetricName.labelled("net_receive_errors", "interface", name),
                each.getInErrors() + each.getInDrops());
        into.add(
                MetricName.labelled("net_send_errors", "interface", name),
                each.getOutErrors() + each.getCollisions());
    }
}
