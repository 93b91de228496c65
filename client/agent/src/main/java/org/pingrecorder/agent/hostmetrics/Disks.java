package org.pingrecorder.agent.hostmetrics;

import java.io.File;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.pingrecorder.wire.MetricName;

/**
 * Total and used bytes of the file systems on this machine's own disks, each once. Those of the
 * network are left out: asking for their size may hang for ever. For one thread.
 */
final class Disks implements Source {

    static final int MOST = 16;

    /** On a device and yet no place where anything fills up. */
    private static final Set<String> READ_ONLY = Set.of("squashfs", "iso9660", "udf", "erofs");

    /** On no device of their own, but on disks. */
    private static final Set<String> POOLED = Set.of("zfs", "bcachefs");

    private final ProcFiles files;
    private final Space space;
    private final Set<String> seen = new HashSet<>();

    /** Asks a file system for its size. */
    interface Space {
        /** Bytes in all, or 0 where it does not say. */
        long total(String mount);

        /** Bytes that nobody uses. */
        long free(String mount);

        /** The system's own answers. */
        static Space ofSystem() {
            return new Space() {
                @Override
                public long total(String mount) {
                    return new File(mount).getTotalSpace();
                }

                @Override
                public long free(String mount) {
                    return new File(mount).getFreeSpace();
                }
            };
        }
    }

    Disks(ProcFiles files, Space space) {
        this.files = files;
        this.space = space;
    }

    @Override
    public void read(Values into) {
        seen.clear();
        String mounts = files.read("proc/self/mounts");
        for (int at = 0; at < mounts.length() && seen.size() < MOST; ) {
            int end = mounts.indexOf('\n', at);
            String line = mounts.substring(at, end < 0 ? mounts.length() : end);
            at = end < 0 ? mounts.length() : end + 1;
            String device = ProcFiles.word(line, 0);
            String mount = unescaped(ProcFiles.word(line, 1));
            String type = ProcFiles.word(line, 2).toLowerCase(Locale.ROOT);
            // In a container the root is on no device.
            boolean isReal =
                    POOLED.contains(type)
                            || (device.startsWith("/dev/") && !READ_ONLY.contains(type))
                            || (mount.equals("/") && type.equals("overlay"));
            if (isReal && !isOfAFile(mount) && seen.add(device)) {
                add(into, mount);
            }
        }
    }

    /** Containers mount single files of their host, such as /etc/hosts. */
    private static boolean isOfAFile(String mount) {
        return mount.startsWith("/etc/") || mount.startsWith("/proc/") || mount.startsWith("/dev/");
    }

    private void add(Values into, String mount) {
        long total = space.total(mount);
        if (total > 0) {
            into.add(MetricName.labelled("disk_total_bytes", "mount", mount), total);
            into.add(
                    MetricName.labelled("disk_used_bytes", "mount", mount),
                    total - space.free(mount));
        }
    }

    /** The kernel writes blanks, tabs, line feeds and backslashes as three octal digits. */
    private static String unescaped(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\' && field.substring(i + 1).matches("[0-3][0-7]{2}.*")) {
                text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(field.charAt(i));
            }
        }
        return text.toString();
    }
}
