package org.pingrecorder.recorder.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class StorableTextTest {

    @Test
    void text_thatCanBeStored_isTheSame() {
        String text = "no route, ü \ud83d\ude00 \ufffd";
        assertSame(text, StorableText.of(text));
    }

    @Test
    void charactersThatCannot_areReplacedOneByOne() {
        assertEquals(
                "\ufffda\ufffd\ufffdb\ufffdc\ufffd", StorableText.of("\0a\n\u007fb\ud83dc\ude00"));
    }

    @Test
    void causeAsItWasStored_isCleanedWhenItIsRead() {
        Cause cause = new Cause(-1, -1, "a\0", "b\ud800");
        assertEquals(new Cause(-1, -1, "a\ufffd", "b\ufffd"), cause);
    }
}
