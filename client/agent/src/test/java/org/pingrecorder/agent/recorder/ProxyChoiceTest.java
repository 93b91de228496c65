package org.pingrecorder.agent.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyChoiceTest {

    private static final URI HTTP = URI.create("http://recorder.example.net:5001");
    private static final URI HTTPS = URI.create("https://recorder.example.net");

    @Test
    void of_noVariables_isDirect() {
        assertEquals(Optional.empty(), ProxyChoice.of(HTTP, Map.of()));
        assertEquals(Optional.empty(), ProxyChoice.of(HTTP, Map.of("HTTP_PROXY", "")));
    }

    @Test
    void of_scheme_choosesTheVariable() {
        Map<String, String> env = Map.of("HTTP_PROXY", "http://a:1", "https_proxy", "b:2");

        assertEquals(Optional.of(new ProxyChoice("a", 1, "", "")), ProxyChoice.of(HTTP, env));
        assertEquals(Optional.of(new ProxyChoice("b", 2, "", "")), ProxyChoice.of(HTTPS, env));
    }

    @Test
    void of_bothCases_lowerWins() {
        Map<String, String> env = Map.of("HTTP_PROXY", "http://a:1", "http_proxy", "http://b:2");

        assertEquals("b", ProxyChoice.of(HTTP, env).orElseThrow().host());
    }

    @Test
    void of_credentialsAndDefaults_areRead() {
        assertEquals(
                Optional.of(new ProxyChoice("::1", 80, "u", "p:w")),
                ProxyChoice.of(HTTP, Map.of("http_proxy", "http://u:p%3Aw@[::1]/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://a:1", "https://a", "http://", "http://u:secret@a b"})
    void of_notAProxy_isRefusedWithoutItsPassword(String value) {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ProxyChoice.of(HTTP, Map.of("http_proxy", value)));
        assertFalse(String.valueOf(e.getMessage()).contains("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "*, http://a.example, true",
        "a.example, http://a.example, true",
        "a.example, http://x.a.example, true",
        ".a.example, http://x.a.example, true",
        "*.a.example, http://x.a.example, true",
        "A.Example, http://a.EXAMPLE, true",
        "a.example, http://ba.example, false",
        "a.example:5001, http://a.example:5001, true",
        "a.example:5001, http://a.example, false",
        "a.example:443, https://a.example, true",
        "192.0.2.7, http://192.0.2.7:5001, true",
        "192.0.2.0/24, http://192.0.2.7, true",
        "192.0.2.0/24, http://192.0.3.7, false",
        "192.0.2.0/24, http://a.example, false",
        "2001:db8::/32, http://[2001:db8::7], true",
        "2001:db8::7, http://[2001:0db8::7], true",
        "10.0.0.0/99, http://10.0.0.1, false",
        "'b.example , c.example', http://c.example, true",
        "'', http://localhost:5001, true",
        "'', http://127.0.0.9, true",
        "'', http://[::1]:5001, true",
        "'', http://192.0.2.7, false"
    })
    void of_exceptions_areDirect(String noProxy, URI recorder, boolean direct) {
        Map<String, String> env =
                Map.of("http_proxy", "p:1", "https_proxy", "p:1", "NO_PROXY", noProxy);

        assertEquals(direct, ProxyChoice.of(recorder, env).isEmpty());
    }
}
