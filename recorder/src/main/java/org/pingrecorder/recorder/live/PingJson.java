package org.pingrecorder.recorder.live;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pingrecorder.recorder.samples.Cause;
import org.pingrecorder.recorder.samples.Extra;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;

/**
 * Writes pings as {@code GET /pings} does, with the ip's id: by hand, for there may be a million a
 * second. Not thread-safe.
 */
final class PingJson {

    /** Pieces are about so long. */
    static final int PIECE_BYTES = 32 << 10;

    private static final int SECONDS = 256;

    private byte[] out = new byte[PIECE_BYTES + 4_096];
    private int size;

    /** Texts of the seconds that pings were in lately, by their last digits. */
    private final long[] seconds = new long[SECONDS];

    private final byte[][] secondTexts = new byte[SECONDS][];

    /** Pings of one ip, with commas between them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Piece(byte[] text, int pings) {}

    /** All of an ip's pings, in pieces. */
    List<Piece> pieces(LiveIp ip, Samples samples) {
        List<Piece> pieces = new ArrayList<>(1);
        size = 0;
        int pings = 0;
        for (int i = 0; i < samples.size(); i++) {
            if (pings > 0) {
                put(',');
            }
            put(ip, samples, i);
            pings++;
            if (size >= PIECE_BYTES || i == samples.size() - 1) {
                pieces.add(new Piece(Arrays.copyOf(out, size), pings));
                size = 0;
                pings = 0;
            }
        }
        return pieces;
    }

    private void put(LiveIp ip, Samples samples, int index) {
        put('{');
        put(ip.json());
        putText(",\"at\":\"");
        putTime(samples.atMicros(index));
        putText("\",\"outcome\":\"");
        putText(samples.outcome(index).text());
        putText("\",\"latency_ms\":");
        int latency = samples.latencyMicros(index);
        if (latency < 0) {
            putText("null");
        } else {
            putMillis(latency);
        }
        int ttl = samples.ttl(index);
        if (ttl >= 0) {
            putText(",\"ttl\":");
            putNumber(ttl);
        }
        if (isRare(samples, index)) {
            String object = EventJson.written(json -> rare(json, samples, index));
            put(',');
            put(bytes(object.substring(1, object.length() - 1)));
        }
        put('}');
    }

    private static boolean isRare(Samples samples, int index) {
        return !samples.extra(index).equals(Extra.NONE)
                || samples.address(index) != null
                || samples.offsetMicros(index) != 0;
    }

    private static void rare(JsonGenerator json, Samples samples, int index) throws IOException {
        Extra extra = samples.extra(index);
        Cause cause = extra.cause();
        if (cause != null) {
            if (cause.type() >= 0) {
                json.writeNumberField("type", cause.type());
            }
            if (cause.code() >= 0) {
                json.writeNumberField("code", cause.code());
            }
            if (cause.from() != null) {
                json.writeStringField("from", cause.from());
            }
            if (cause.text() != null) {
                json.writeStringField("cause", cause.text());
            }
        }
        if (extra.duplicates() > 0) {
            json.writeNumberField("duplicates", extra.duplicates());
        }
        if (extra.slipMicros() != 0) {
            json.writeNumberField("slip_us", extra.slipMicros());
        }
        if (extra.cutOff()) {
            json.writeBooleanField("cut_off", true);
        }
        String address = samples.address(index);
        if (address != null) {
            json.writeStringField("address", address);
        }
        long offset = samples.offsetMicros(index);
        if (offset != 0) {
            EventJson.time(json, "client_time", samples.atMicros(index) - offset);
        }
    }

    /** As {@link java.time.Instant} writes it. */
    private void putTime(long atMicros) {
        long second = Math.floorDiv(atMicros, 1_000_000L);
        int place = (int) (second & (SECONDS - 1));
        byte[] text = secondTexts[place];
        if (text == null || seconds[place] != second) {
            String instant = Hours.instant(second * 1_000_000L).toString();
            text = bytes(instant.substring(0, instant.length() - 1));
            secondTexts[place] = text;
            seconds[place] = second;
        }
        put(text);
        int micros = Math.floorMod(atMicros, 1_000_000);
        if (micros != 0) {
            put('.');
            if (micros % 1_000 == 0) {
                putDigits(micros / 1_000, 100);
            } else {
                putDigits(micros, 100_000);
            }
        }
        put('Z');
    }

    /** Microseconds as milliseconds, with as many digits as are needed and at least one. */
    private void putMillis(int micros) {
        putNumber(micros / 1_000);
        put('.');
        int rest = micros % 1_000;
        if (rest % 100 == 0) {
            putDigits(rest / 100, 1);
        } else if (rest % 10 == 0) {
            putDigits(rest / 10, 10);
        } else {
            putDigits(rest, 100);
        }
    }

    private void putNumber(int number) {
        int highest = 1;
        while (number / highest >= 10) {
            highest *= 10;
        }
        putDigits(number, highest);
    }

    private void putDigits(int number, int highest) {
        for (int digit = highest; digit > 0; digit /= 10) {
            put((char) ('0' + number / digit % 10));
        }
    }

    private void put(char character) {
        ensure(1);
        out[size++] = (byte) character;
    }

    /** Text of ASCII alone. */
    @SuppressWarnings("deprecation") // the one that copies bytes without a look at them
    private void putText(String ascii) {
        ensure(ascii.length());
        ascii.getBytes(0, ascii.length(), out, size);
        size += ascii.length();
    }

    private void put(byte[] text) {
        ensure(text.length);
        System.arraycopy(text, 0, out, size, text.length);
        size += text.length;
    }

    private void ensure(int more) {
        if (size + more > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, size + more));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
