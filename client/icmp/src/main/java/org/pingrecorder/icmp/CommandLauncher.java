package org.pingrecorder.icmp;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts programs one after the other on a thread of its own: starting one takes a millisecond or
 * more, which must keep nobody from asking or deciding. The thread, and so every program, is in the
 * network namespace of whoever made the launcher.
 */
final class CommandLauncher implements AutoCloseable {

    /** More than any ping program prints about one ping. */
    private static final int MOST_OUTPUT_BYTES = 8_192;

    private static final ProcessBuilder.Redirect NOTHING =
            ProcessBuilder.Redirect.from(
                    new File(File.separatorChar == '\\' ? "NUL" : "/dev/null"));

    private final Clock clock;
    private final Runnable starts;
    private final Consumer<Exit> exits;
    private final ThreadPoolExecutor thread;

    /** What is left of a ping's program: all it printed, or why it could not be started. */
    record Exit(CommandPing ping, boolean started, String output, long atNanos) {}

    /**
     * A launcher whose thread runs.
     *
     * @param starts called by the launcher's thread when a program has been started
     * @param exits called by any thread, once for each launch that was not cut off by {@link
     *     #close}
     */
    CommandLauncher(Clock clock, Runnable starts, Consumer<Exit> exits) {
        this.clock = clock;
        this.starts = starts;
        this.exits = exits;
        BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        this.thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        waiting,
                        Thread.ofPlatform().name("icmp-launcher").daemon().factory());
        thread.prestartCoreThread();
    }

    void launch(CommandPing ping, List<String> line) {
        thread.execute(() -> start(ping, line));
    }

    private void start(CommandPing ping, List<String> line) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectInput(NOTHING);
            builder.environment().put("LC_ALL", "C");
            long atNanos = clock.nanoTime();
            Process process = builder.start();
            ping.started(process, atNanos);
            starts.run();
            var _ = process.onExit().thenAccept(ended -> exited(ping, ended));
        } catch (IOException | RuntimeException e) {
            ping.end();
            exits.accept(new Exit(ping, false, String.valueOf(e.getMessage()), clock.nanoTime()));
        }
    }

    private void exited(CommandPing ping, Process process) {
        long atNanos = clock.nanoTime();
        String output;
        try (InputStream printed = process.getInputStream()) {
            output = new String(printed.readNBytes(MOST_OUTPUT_BYTES), charset());
        } catch (IOException unreadable) {
            output = "";
        }
        exits.accept(new Exit(ping, true, output, atNanos));
    }

    private static Charset charset() {
        return Charset.forName(System.getProperty("native.encoding", "UTF-8"));
    }

    /** Starts no more programs; those that run are whoever started them to end. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
