package org.pingrecorder.recorder;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** One HTTP/1.1 exchange, byte by byte: for what an HTTP client would not send. */
public final class RawHttp {

    private static final int LIMIT_MILLIS = 30_000;

    private RawHttp() {}

    /** Opens a connection and sends; the caller reads and closes. */
    public static Socket open(URI uri, byte[] request) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), LIMIT_MILLIS);
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        return socket;
    }

    /**
     * Sends a whole request, a HEAD if it starts with H, and reads the answer to it.
     *
     * @throws IOException if the connection ends without one
     */
    public static Answer exchange(URI uri, byte[] request) throws IOException {
        try (Socket socket = open(uri, request);
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            return read(in, request[0] != 'H');
        }
    }

    private static Answer read(InputStream in, boolean mayHaveBody) throws IOException {
        String[] status = line(in).split(" ", 3);
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    List.of(line.substring(colon + 1).strip()),
                    RawHttp::both);
        }
        int code = Integer.parseInt(status[1]);
        byte[] body = mayHaveBody && code != 204 ? body(in, headers) : new byte[0];
        return new Answer(code, headers, body);
    }

    private static byte[] body(InputStream in, Map<String, List<String>> headers)
            throws IOException {
        if (headers.containsKey("content-length")) {
            int length = Integer.parseInt(headers.get("content-length").get(0));
            return exactly(in, length);
        }
        if (!headers.containsKey("transfer-encoding")) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int length = Integer.parseInt(line(in), 16);
        while (length > 0) {
            body.write(exactly(in, length));
            line(in);
            length = Integer.parseInt(line(in), 16);
        }
        return body.toByteArray();
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The answer ends within its body");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The connection ended within an answer: '" + line + "'");
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }

    private static List<String> both(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The bytes of a request that is written as text. */
    public static byte[] bytes(String request) {
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }
}
