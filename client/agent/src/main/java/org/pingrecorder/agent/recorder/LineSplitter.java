package org.pingrecorder.agent.recorder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream of UTF-8 bytes into its lines, wherever its parts happen to end. */
final class LineSplitter {

    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    /** The lines that this part ends; empty ones are left out. */
    List<String> add(byte[] part) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < part.length; i++) {
            if (part[i] == '\n') {
                open.write(part, start, i - start);
                start = i + 1;
                String line = rest();
                if (!line.isBlank()) {
                    lines.add(line);
                }
            }
        }
        open.write(part, start, part.length - start);
        return lines;
    }

    /** What is left without a line end. */
    String rest() {
        String rest = open.toString(StandardCharsets.UTF_8);
        open.reset();
        return rest;
    }
}
