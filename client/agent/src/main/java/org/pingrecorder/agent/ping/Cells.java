package org.pingrecorder.agent.ping;

/** How wide text is on a terminal, which gives some characters two cells and some none. */
final class Cells {

    /** First and last code points of the wide ones (Unicode's East Asian Width W and F, in sum). */
    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x2e80, 0x303e},
        {0x3041, 0xa4cf},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0xffe0, 0xffe6},
        {0x1f300, 0x1f64f},
        {0x1f680, 0x1f6ff},
        {0x1f900, 0x1f9ff},
        {0x20000, 0x3fffd}
    };

    private Cells() {}

    /** Cells of a text. */
    static int width(String text) {
        return text.codePoints().map(Cells::width).sum();
    }

    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT) {
            return 0;
        }
        for (int[] wide : WIDE) {
            if (codePoint >= wide[0] && codePoint <= wide[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** The text in exactly so many cells, filled up with blanks or cut; words at the left. */
    static String left(String text, int cells, String more) {
        String cut = cut(text, cells, more);
        return cut + " ".repeat(cells - width(cut));
    }

    /** The same, for numbers at the right. */
    static String right(String text, int cells, String more) {
        String cut = cut(text, cells, more);
        return " ".repeat(cells - width(cut)) + cut;
    }

    /** The text, or as much of its beginning as fits with the sign that there is more. */
    static String cut(String text, int cells, String more) {
        if (width(text) <= cells) {
            return text;
        }
        int room = cells - width(more);
        StringBuilder kept = new StringBuilder();
        for (int codePoint : text.codePoints().toArray()) {
            room -= width(codePoint);
            if (room < 0) {
                break;
            }
            kept.appendCodePoint(codePoint);
        }
        return cells < width(more) ? " ".repeat(Math.max(0, cells)) : kept + more;
    }
}
