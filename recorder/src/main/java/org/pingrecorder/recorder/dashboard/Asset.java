package org.pingrecorder.recorder.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the dashboard, as it is sent.
 *
 * @param plain its bytes
 * @param packed the same by gzip
 * @param tag that these bytes have and no others; weak, because both forms have it
 */
@SuppressWarnings("ArrayRecordComponent") // sent as they are, and never compared
record Asset(byte[] plain, byte[] packed, String tag) {

    private static final int TAG_BYTES = 12;

    static Asset of(byte[] plain) {
        return new Asset(plain, gzip(plain), "W/\"" + digest(plain) + '"');
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return packed.toByteArray();
    }

    private static String digest(byte[] plain) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
