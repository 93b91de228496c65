package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityTest {

    @ParameterizedTest
    @CsvSource({
        "localhost:5001,      localhost,   5001, false",
        "LocalHost,           localhost,   '',   false",
        "host.example.:80,    host.example,80,   false",
        "127.0.0.1:5001,      127.0.0.1,   5001, true",
        "[::1]:5001,          ::1,         5001, true",
        "[::1],               ::1,         '',   true",
        "[evil.example],      evil.example,'',   false",
        "127.0.0.1.example,   127.0.0.1.example, '', false",
        "evil.example:80:81,  evil.example,80:81,false",
        "a]:b,                a],          b,    false",
        "1.2.3,               1.2.3,       '',   false",
        "'',                  '',          '',   false",
        "' h ',               h,           '',   false",
    })
    void parse_takesNameAndPortApart(String text, String name, String port, boolean literal) {
        Authority authority = Authority.parse(text);
        assertEquals(new Authority(name, port), authority);
        assertEquals(literal, authority.isLiteral());
    }
}
