package org.pingrecorder.agent.ping;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal behind standard output. Its size is asked of {@code stty}, which every system that
 * has a terminal has; everything else are sequences of ECMA-48 and xterm's alternate screen.
 *
 * @param env environment variables
 */
record Terminal(Map<String, String> env) {

    /**
     * @param columns cells of a line
     * @param lines of the screen
     */
    record Size(int columns, int lines) {}

    /** The alternate screen, no cursor, and lines that are cut instead of wrapped. */
    static final String ENTER = "\033[?1049h\033[?25l\033[?7l";

    /** What was there before {@link #ENTER}. */
    static final String LEAVE = "\033[?7h\033[?25h\033[?1049l";

    private static final Size USUAL = new Size(80, 24);
    private static final long STTY_SECONDS = 1;
    private static final Path STDOUT = Path.of("/proc/self/fd/1");
    private static final Pattern TTY = Pattern.compile("/dev/(pts/|tty|console).*");
    private static final Pattern STTY_SIZE = Pattern.compile("([0-9]{1,4}) ([0-9]{1,4})\\s*");

    /** Whether standard output is a terminal, whatever standard input is. */
    @SuppressWarnings("SystemConsoleNull") // its annotation still says so
    static boolean isStdout() {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            return true;
        }
        try {
            return TTY.matcher(Files.readSymbolicLink(STDOUT).toString()).matches();
        } catch (IOException | UnsupportedOperationException e) {
            return false; // no such file but on Linux: the console's word stands
        }
    }

    /** Whether it can do more than print one line after the other. */
    boolean canRedraw() {
        String term = env.getOrDefault("TERM", "dumb");
        return !term.equals("dumb") && !term.isEmpty();
    }

    /** Whether colours are welcome: see no-color.org. */
    boolean wantsColour() {
        return env.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Its size now; the usual one where nobody knows. */
    Size size() {
        Size asked = askStty();
        return asked.columns() > 0 && asked.lines() > 0 ? asked : USUAL;
    }

    private static Size askStty() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return new Size(0, 0);
            }
            String answer =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher size = STTY_SIZE.matcher(answer);
            return size.matches()
                    ? new Size(Integer.parseInt(size.group(2)), Integer.parseInt(size.group(1)))
                    : new Size(0, 0);
        } catch (IOException noStty) {
            return new Size(0, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Size(0, 0);
        }
    }
}
