package org.pingrecorder.recorder.hostmetrics;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A {@link HostTable} in few bytes: a version, the length of the rest, and the rest deflated. That
 * is the rows' times, as differences of differences, then column by column its name, its length,
 * where it has values, and these as whole numbers of its smallest decimal, each as the difference
 * to the one before; as bits where they are no short decimals. Whole numbers are LEB128.
 */
final class HostTableCodec {

    private static final int VERSION = 1;

    /** Their place is the scale on disk, which never changes. */
    private static final double[] SCALES = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private static final int AS_BITS = SCALES.length;

    /** Up to here doubles are exact as whole numbers. */
    private static final double MOST_EXACT = 0x1p53;

    /** More than any table is. */
    private static final int MOST_BYTES = 64 << 20;

    private HostTableCodec() {}

    static byte[] encode(HostTable table) {
        int[] order = table.byTime();
        Out out = new Out();
        out.unsigned(order.length);
        long before = 0;
        long step = 0;
        for (int row : order) {
            long at = table.atMicros(row);
            out.signed(at - before - step);
            step = before == 0 ? 0 : at - before;
            before = at;
        }
        List<String> names = table.names();
        out.unsigned(names.size());
        for (String name : names) {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            out.unsigned(text.length);
            out.writeBytes(text);
            double[] values = Arrays.stream(order).mapToDouble(r -> table.value(name, r)).toArray();
            byte[] column = column(values);
            out.unsigned(column.length);
            out.writeBytes(column);
        }
        return deflated(out.toByteArray());
    }

    private static byte[] column(double[] values) {
        Out out = new Out();
        // Runs of rows with and without a value, in turn.
        boolean present = true;
        for (int i = 0; i < values.length; present = !present) {
            int end = i;
            while (end < values.length && Double.isNaN(values[end]) != present) {
                end++;
            }
            out.unsigned(end - i);
            i = end;
        }
        int scale = scale(values);
        out.write(scale);
        long before = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                long whole =
                        scale == AS_BITS
                                ? Double.doubleToRawLongBits(value)
                                : Math.round(value * SCALES[scale]);
                out.signed(whole - before);
                before = whole;
            }
        }
        return out.toByteArray();
    }

    /** The coarsest that all values are whole numbers of. */
    private static int scale(double[] values) {
        int scale = 0;
        for (double value : values) {
            while (scale < AS_BITS && !Double.isNaN(value) && !isExact(value, SCALES[scale])) {
                scale++;
            }
        }
        return scale;
    }

    private static boolean isExact(double value, double scale) {
        return Math.abs(value * scale) <= MOST_EXACT && Math.round(value * scale) / scale == value;
    }

    private static byte[] deflated(byte[] bytes) {
        Out out = new Out();
        out.write(VERSION);
        out.unsigned(bytes.length);
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[8_192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    /**
     * Reads a table.
     *
     * @param wanted which columns
     * @throws IllegalArgumentException if this is none
     */
    static HostTable decode(byte[] payload, Predicate<String> wanted) {
        try {
            return read(new In(inflated(payload)), wanted);
        } catch (IndexOutOfBoundsException | DataFormatException e) {
            throw new IllegalArgumentException("no table of a host's metrics", e);
        }
    }

    private static byte[] inflated(byte[] payload) throws DataFormatException {
        In head = new In(payload);
        if (head.octet() != VERSION) {
            throw new IllegalArgumentException("no table of a host's metrics that is known");
        }
        byte[] bytes = new byte[head.count(MOST_BYTES)];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(payload, head.at, payload.length - head.at);
            int size = 0;
            while (size < bytes.length) {
                int more = inflater.inflate(bytes, size, bytes.length - size);
                if (more == 0) {
                    throw new IllegalArgumentException("a table of a host's metrics is cut");
                }
                size += more;
            }
        } finally {
            inflater.end();
        }
        return bytes;
    }

    private static HostTable read(In in, Predicate<String> wanted) {
        long[] at = new long[in.count(in.left())];
        long before = 0;
        long step = 0;
        for (int i = 0; i < at.length; i++) {
            at[i] = before + step + in.signed();
            step = i == 0 ? 0 : at[i] - before;
            before = at[i];
        }
        HostTable table = new HostTable(at);
        for (int columns = in.count(in.left()); columns > 0; columns--) {
            int length = in.count(in.left());
            String name = new String(in.bytes, in.at, length, StandardCharsets.UTF_8);
            in.at += length;
            int size = in.count(in.left());
            int end = in.at + size;
            if (wanted.test(name)) {
                table.add(name, values(in, at.length));
            }
            in.at = end;
        }
        return table;
    }

    private static double[] values(In in, int rows) {
        double[] values = new double[rows];
        boolean present = true;
        for (int i = 0; i < rows; present = !present) {
            int end = i + in.count(rows - i);
            if (!present) {
                Arrays.fill(values, i, end, Double.NaN);
            }
            i = end;
        }
        int scale = in.octet();
        if (scale > AS_BITS) {
            throw new IllegalArgumentException("a column of a host's metrics has no known scale");
        }
        long whole = 0;
        for (int i = 0; i < rows; i++) {
            if (!Double.isNaN(values[i])) {
                whole += in.signed();
                values[i] =
                        scale == AS_BITS ? Double.longBitsToDouble(whole) : whole / SCALES[scale];
            }
        }
        return values;
    }

    private static final class Out extends ByteArrayOutputStream {

        void unsigned(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                write((int) (rest | 0x80));
                rest >>>= 7;
            }
            write((int) rest);
        }

        void signed(long value) {
            unsigned(value << 1 ^ value >> 63);
        }
    }

    private static final class In {

        private final byte[] bytes;
        private int at;

        In(byte[] bytes) {
            this.bytes = bytes;
        }

        int left() {
            return bytes.length - at;
        }

        int octet() {
            return bytes[at++] & 0xff;
        }

        long unsigned() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                int octet = octet();
                value |= (long) (octet & 0x7f) << shift;
                if (octet < 0x80) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number does not end");
        }

        long signed() {
            long value = unsigned();
            return value >>> 1 ^ -(value & 1);
        }

        int count(int most) {
            long value = unsigned();
            if (value < 0 || value > most) {
                throw new IllegalArgumentException("there cannot be " + value + " of anything");
            }
            return (int) value;
        }
    }
}
