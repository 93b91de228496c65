package org.pingrecorder.agent.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of text under a heading, each column as wide as it needs: words left, numbers right. Two
 * blanks are between columns, or one where that makes it fit on a terminal of the usual width.
 */
public final class TextTable {

    private static final int USUAL_WIDTH = 80;

    private final List<String> heading;
    private final int leftColumns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param leftColumns how many of the first columns hold words
     */
    public TextTable(int leftColumns, String... heading) {
        this.leftColumns = leftColumns;
        this.heading = List.of(heading);
        rows.add(this.heading);
    }

    /** Adds a row with one cell per column. */
    public void row(String... cells) {
        if (cells.length != heading.size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + heading.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** The table, a line a row, without a final line end. */
    public String text() {
        int[] widths = new int[heading.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int close = Arrays.stream(widths).sum() + widths.length - 1;
        int apart = close + widths.length - 1;
        String gap = close <= USUAL_WIDTH && apart > USUAL_WIDTH ? " " : "  ";
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths, gap));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String line(List<String> row, int[] widths, String gap) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : gap);
            line.append(i < leftColumns ? row.get(i) + blanks : blanks + row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
