package org.pingrecorder.agent.hostmetrics;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the small files of /proc and /sys into one buffer. A file that is not there or cannot be
 * read is empty: kernels, containers and machines differ in what they show. For one thread.
 */
final class ProcFiles {

    private static final int MOST_BYTES = 1 << 17;

    private final Path root;
    private byte[] buffer = new byte[1 << 13];

    /**
     * The files below a folder.
     *
     * @param root {@code /}, but for tests
     */
    ProcFiles(Path root) {
        this.root = root;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    /** A file's text, its first 128 KiB where it is longer. */
    String read(String name) {
        int size = 0;
        try (FileInputStream in = new FileInputStream(path(name).toFile())) {
            for (int more = 0; more >= 0 && size < MOST_BYTES; size += Math.max(0, more)) {
                if (size == buffer.length) {
                    buffer = Arrays.copyOf(buffer, size * 2);
                }
                more = in.read(buffer, size, buffer.length - size);
            }
        } catch (IOException e) {
            return "";
        }
        return new String(buffer, 0, size, StandardCharsets.UTF_8);
    }

    /** A file that is one whole number; NaN if it is not. */
    double numberIn(String name) {
        return number(read(name).strip());
    }

    /** A text that is a number, without a sign or with; NaN if it is not. */
    static double number(String text) {
        if (text.isEmpty() || text.length() > 30) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** The blank-separated word of a line, counted from 0; empty if it has fewer. */
    static String word(String line, int index) {
        int at = 0;
        for (int i = 0; ; i++) {
            while (at < line.length() && isBlank(line.charAt(at))) {
                at++;
            }
            int from = at;
            while (at < line.length() && !isBlank(line.charAt(at))) {
                at++;
            }
            if (i == index || at == from) {
                return i == index ? line.substring(from, at) : "";
            }
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
