package org.pingrecorder.agent.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DialerTlsIT {

    private static final String PASSWORD = "changeit";

    @TempDir private Path folder = Path.of("");

    /** With a certificate that nobody has signed. */
    private SslContext tls() throws Exception {
        Path file = folder.resolve("keys");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=ip:127.0.0.1",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        assertEquals(0, keytool.waitFor(), Files.readString(folder.resolve("log")));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        return SslContextBuilder.forServer(managers).build();
    }

    @Test
    void dial_certificateOfNobody_isRefusedAndToldAsTls() throws Exception {
        try (FakeControl recorder = new FakeControl(0, tls());
                Dialer dialer =
                        new Dialer(
                                URI.create("https://127.0.0.1:" + recorder.port()),
                                Optional.empty(),
                                ChannelTimes.STANDARD)) {
            LinkException e = assertThrows(LinkException.class, dialer::dial);

            assertTrue(String.valueOf(e.getMessage()).startsWith("TLS: "), e.toString());
            assertTrue(e.isBlocked());
            assertEquals(0, recorder.handshakes());
        }
    }
}
