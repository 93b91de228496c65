package org.pingrecorder.icmp.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.icmp.command.ProgramResult.Corrupted;
import org.pingrecorder.icmp.command.ProgramResult.Foreign;
import org.pingrecorder.icmp.command.ProgramResult.NotSent;
import org.pingrecorder.icmp.command.ProgramResult.Reply;
import org.pingrecorder.icmp.command.ProgramResult.Silence;
import org.pingrecorder.icmp.command.ProgramResult.Unreachable;

/** Outputs as documented, in the languages of their users; none was captured here. */
class WindowsOutputTest {

    private static final InetAddress IPV4 = InetAddress.ofLiteral("10.1.2.3");
    private static final InetAddress IPV6 = InetAddress.ofLiteral("fd00::7");
    private static final InetAddress ROUTER = InetAddress.ofLiteral("10.9.9.9");

    private static final String ANSWERED =
            """

            Ping statistics for 10.1.2.3:
                Packets: Sent = 1, Received = 1, Lost = 0 (0% loss),
            Approximate round trip times in milli-seconds:
                Minimum = 12ms, Maximum = 12ms, Average = 12ms
            """;

    private static final String LOST =
            """

            Ping statistics for 10.1.2.3:
                Packets: Sent = 1, Received = 0, Lost = 1 (100% loss),
            """;

    private static String english(String line, String statistics) {
        return "\r\nPinging 10.1.2.3 with 56 bytes of data:\r\n" + line + "\r\n" + statistics;
    }

    private static ProgramResult read(String output, boolean waited) {
        return WindowsOutput.read(output, IPV4, 56, waited);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Reply from 10.1.2.3: bytes=56 time=12ms TTL=55",
                "Antwort von 10.1.2.3: Bytes=56 Zeit=12ms TTL=55",
                "Réponse de 10.1.2.3 : octets=56 temps=12 ms TTL=55",
                "Respuesta desde 10.1.2.3: bytes=56 tiempo=12ms TTL=55",
                "Risposta da 10.1.2.3: byte=56 durata=12ms TTL=55",
                "Resposta de 10.1.2.3: bytes=56 tempo=12ms TTL=55",
                "Odpowiedź z 10.1.2.3: bajtów=56 czas=12ms TTL=55",
                "Ответ от 10.1.2.3: число байт=56 время=12мс TTL=55",
                "10.1.2.3 からの応答: バイト数 =56 時間 =12ms TTL=55",
                "来自 10.1.2.3 的回复: 字节=56 时间=12ms TTL=55",
                "10.1.2.3의 응답: 바이트=56 시간=12ms TTL=55",
            })
    void read_replyInAnyLanguage_isAReply(String line) {
        assertEquals(new Reply(12_000_000, 55, 64), read(english(line, ANSWERED), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Reply from 10.1.2.3: bytes=56 time<1ms TTL=128",
                "Respuesta desde 10.1.2.3: bytes=56 tiempo<1m TTL=128",
                "10.1.2.3 からの応答: バイト数 =56 時間 <1ms TTL=128",
            })
    void read_lessThanItCanPrint_isZero(String line) {
        assertEquals(new Reply(0, 128, 64), read(english(line, ANSWERED), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Reply from fd00::7: time=3ms | 3000000",
                "Antwort von fd00::7: Zeit<1ms | 0",
                "Réponse de fd00::7 : temps=3 ms | 3000000",
                "fd00::7 からの応答: 時間 =3ms | 3000000",
                "Reply from fd00::7%12: time=3ms | 3000000",
            })
    void read_replyOfIpv6_isAReply(String line, long rttNanos) {
        String output = "Pinging fd00::7 with 56 bytes of data:\n" + line + "\n" + ANSWERED;

        assertEquals(
                new Reply(rttNanos, ProgramResult.UNKNOWN, ProgramResult.UNKNOWN),
                WindowsOutput.read(output, IPV6, 56, false));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of("Destination net unreachable.", 3, 0),
                Arguments.of("Destination host unreachable.", 3, 1),
                Arguments.of("Destination protocol unreachable.", 3, 2),
                Arguments.of("Destination port unreachable.", 3, 3),
                Arguments.of("Packet needs to be fragmented but DF set.", 3, 4),
                Arguments.of("TTL expired in transit.", 11, 0),
                Arguments.of("Zielhost nicht erreichbar.", -1, -1),
                Arguments.of(
                        "Die Gültigkeitsdauer wurde bei der Übertragung überschritten.", -1, -1));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void read_errorOfARouter_isUnreachable(String text, int type, int code) {
        assertEquals(
                new Unreachable(type, code, ROUTER),
                read(english("Reply from 10.9.9.9: " + text, ANSWERED), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Request timed out.", "Zeitüberschreitung der Anforderung.", "请求超时。"})
    void read_waitedForInVain_isSilence(String line) {
        assertEquals(new Silence(), read(english(line, LOST), true));
        assertEquals(new Silence(), read("", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PING: transmit failed. General failure.",
                "PING: Fehler bei der Übertragung. Allgemeiner Fehler.",
            })
    void read_endedAtOnceWithoutReply_isNotSentWithThatLine(String line) {
        assertEquals(new NotSent(line), read(english(line, LOST), false));
    }

    @Test
    void read_otherSize_isCorrupted() {
        assertEquals(
                new Corrupted(),
                read(
                        english(
                                "Reply from 10.1.2.3: bytes=32 (sent 56) time=12ms TTL=55",
                                ANSWERED),
                        false));
    }

    @Test
    void read_replyOfAnother_isForeign() {
        assertEquals(
                new Foreign(),
                read(english("Reply from 10.1.2.4: bytes=56 time=12ms TTL=55", ANSWERED), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Access denied. Option -S requires administrative privileges.",
                "Bad value for option -l, valid range is from 0 to 65500.",
                "\u0000=1=1=1",
                "TTL=55",
                "= 1 = 1 = 1",
            })
    void read_nonsense_isNotSentWithThatLine(String line) {
        String cause = assertInstanceOf(NotSent.class, read(line, false)).cause();
        assertTrue(cause.chars().noneMatch(Character::isISOControl), cause);
    }

    @Test
    void read_endlessLine_isCut() {
        String cause = assertInstanceOf(NotSent.class, read("=1<1".repeat(2_048), false)).cause();
        assertEquals(200, cause.length());
    }
}
