package org.pingrecorder.agent.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

    @Test
    void add_anyPartSize_givesTheSameLines() {
        byte[] text = "one\n\nzwölf\nthree".getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= text.length; size++) {
            LineSplitter splitter = new LineSplitter();
            List<String> lines = new ArrayList<>();
            for (int from = 0; from < text.length; from += size) {
                int to = Math.min(text.length, from + size);
                lines.addAll(splitter.add(java.util.Arrays.copyOfRange(text, from, to)));
            }
            lines.add(splitter.rest());
            assertEquals(List.of("one", "zwölf", "three"), lines, "parts of " + size);
        }
    }
}
