package org.pingrecorder.e2e.faults;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.pingrecorder.testnet.NetworkNamespace;

/**
 * Stands before a recorder, at one address whatever becomes of it, and passes requests on or does
 * them harm. It listens in the clients' namespace and connects in that of its maker.
 */
final class FaultyProxy implements AutoCloseable {

    /** What becomes of a request. */
    enum Mode {
        PASS,
        ANSWER_500,
        ANSWER_429,
        HANG,
        /** The recorder stores it, and the connection ends before its answer. */
        CUT_AFTER_STORE
    }

    private static final byte[] UPLOAD = "POST /record-pings/".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] STORED_ALREADY =
            "already_stored".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    // Platform threads: a virtual thread's carrier may belong to either namespace.
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong harmed = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private volatile Mode mode = Mode.PASS;
    private volatile URI recorder = URI.create("http://127.0.0.1:1");

    FaultyProxy(NetworkNamespace namespace) throws Exception {
        server = namespace.call(() -> new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
        threads.execute(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Where requests go from now on. */
    void recorder(URI address) {
        recorder = address;
    }

    /** From now on. What hung until now gets no answer, ever. */
    void mode(Mode next) {
        Mode before = mode;
        mode = next;
        if (before == Mode.HANG) {
            open.forEach(FaultyProxy::closeQuietly);
        }
    }

    /** Uploads that met any mode but {@link Mode#PASS}. */
    long harmed() {
        return harmed.get();
    }

    /** Answers that told of a batch the recorder had already. */
    long repeated() {
        return repeated.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                byte[] request = message(in);
                Mode now = mode;
                if (now != Mode.PASS && contains(request, UPLOAD)) {
                    harmed.incrementAndGet();
                }
                switch (now) {
                    case ANSWER_500 -> socket.getOutputStream().write(answer("500 Broken", ""));
                    case ANSWER_429 ->
                            socket.getOutputStream()
                                    .write(answer("429 Too Many Requests", "Retry-After: 1\r\n"));
                    case HANG -> in.skip(Long.MAX_VALUE);
                    case PASS, CUT_AFTER_STORE -> {
                        byte[] answer = passOn(request);
                        if (now == Mode.CUT_AFTER_STORE) {
                            return;
                        }
                        socket.getOutputStream().write(answer);
                    }
                }
            }
        } catch (IOException ended) {
            // By one of the two ends, which is what this is about.
        } finally {
            open.remove(socket);
        }
    }

    private byte[] passOn(byte[] request) throws IOException {
        URI to = recorder;
        try (Socket upstream = new Socket(to.getHost(), to.getPort())) {
            OutputStream out = upstream.getOutputStream();
            out.write(request);
            out.flush();
            byte[] answer = message(new BufferedInputStream(upstream.getInputStream()));
            if (contains(answer, STORED_ALREADY)) {
                repeated.incrementAndGet();
            }
            return answer;
        }
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }

    private static byte[] answer(String status, String headers) {
        return "HTTP/1.1 %s\r\n%sContent-Length: 0\r\n\r\n"
                .formatted(status, headers)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Headers and body, whose length the headers tell or whose parts do. */
    private static byte[] message(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int length = 0;
        boolean chunked = false;
        for (String line = line(in, head); !line.isEmpty(); line = line(in, head)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        StringBuilder body = new StringBuilder();
        if (chunked) {
            for (int size = -1; size != 0; ) {
                size = Integer.parseInt(line(in, body), 16);
                append(in, size + 2, body);
            }
        } else {
            append(in, length, body);
        }
        return head.append(body).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void append(InputStream in, int count, StringBuilder to) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        to.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static String line(InputStream in, StringBuilder copy) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            line.append((char) b);
        }
        copy.append(line).append('\n');
        return line.toString().strip();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(FaultyProxy::closeQuietly);
        threads.shutdown();
    }
}
