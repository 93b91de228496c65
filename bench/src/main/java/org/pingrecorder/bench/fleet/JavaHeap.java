package org.pingrecorder.bench.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM, by {@code jcmd} of the JDK that runs this one. */
final class JavaHeap {

    private static final Pattern USED = Pattern.compile("used ([0-9]+)K");

    private JavaHeap() {}

    /** Collects garbage and returns what is left, in kB of 1,024 bytes. */
    static long usedKbAfterGc(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        // Of young and old generation; metaspace, which comes after them, is no heap.
        String info = jcmd(pid, "GC.heap_info");
        int end = info.indexOf("Metaspace");
        Matcher used = USED.matcher(end < 0 ? info : info.substring(0, end));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        return sum;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                command)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + command + ": " + output);
        }
        return output;
    }
}
