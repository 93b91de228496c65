package org.pingrecorder.oneoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Outcome;

class FailureCauseTest {

    private static EchoTarget at(String address) {
        return EchoTarget.of(InetAddress.ofLiteral(address));
    }

    private static FailureCause cause(GivenDecision decision) {
        Outcome outcome = Outcome.valueOf(decision.outcome().name());
        return Objects.requireNonNull(FailureCause.of(outcome, decision));
    }

    @Test
    void unreachable_isInWordsWithNumbersAndRouter() {
        FailureCause cause = cause(GivenDecision.unreachable(at("10.0.0.9"), 3, 1, "10.0.0.1"));

        assertEquals("unreachable, host unreachable (type 3 code 1) from 10.0.0.1", cause.text());
        assertEquals("host unreachable from 10.0.0.1", cause.briefWords());
    }

    /** The same numbers mean other things in IPv6. */
    @ParameterizedTest
    @CsvSource({
        "10.0.0.9, 3, 0, network unreachable",
        "10.0.0.9, 3, 3, port unreachable",
        "10.0.0.9, 3, 13, prohibited by an administrator",
        "10.0.0.9, 3, 15, precedence cut off",
        "10.0.0.9, 3, 16, destination unreachable",
        "10.0.0.9, 11, 0, hop limit exceeded in transit",
        "10.0.0.9, 12, 2, bad length",
        "10.0.0.9, 99, 0, ICMP error",
        "fd00::9, 1, 0, no route to destination",
        "fd00::9, 1, 3, address unreachable",
        "fd00::9, 1, 8, headers too long",
        "fd00::9, 1, 9, destination unreachable",
        "fd00::9, 2, 0, packet too big",
        "fd00::9, 3, 1, fragments not reassembled in time",
        "fd00::9, 4, 1, unknown next header",
        "fd00::9, 99, 0, ICMPv6 error",
    })
    void unreachable_typeAndCode_haveTheirNames(String address, int type, int code, String words) {
        FailureCause cause = cause(GivenDecision.unreachable(at(address), type, code, "fd00::1"));

        assertEquals(
                "%s (type %d code %d) from fd00::1".formatted(words, type, code), cause.words());
    }

    @ParameterizedTest
    @CsvSource({
        "SEND_ERROR, ENETUNREACH, 'send_error, ENETUNREACH: no route'",
        "SEND_ERROR, EPERM, 'send_error, EPERM: not permitted, perhaps by a firewall here'",
        "SEND_ERROR, EXYZ, 'send_error, EXYZ'",
        "MISSED, receive_overflow, 'missed, this machine''s receive buffer was full'",
        "MISSED, no_free_sequence, 'missed, too many pings in flight'",
        "TIMEOUT, , timeout",
        "SEND_ERROR, , 'send_error, no cause known'",
    })
    void notAnswered_isInWords(
            org.pingrecorder.icmp.Outcome outcome, @Nullable String given, String text) {
        assertEquals(text, cause(GivenDecision.failed(outcome, at("10.0.0.9"), given)).text());
    }

    @Test
    void unresolved_wordsLeaveTheNameOut() {
        FailureCause cause = FailureCause.unresolved("a.example", "a.example does not resolve");

        assertEquals("resolve_error, does not resolve", cause.text());
        assertEquals("a.example does not resolve", cause.detail());
    }

    @Test
    void reply_hasNoCause() {
        assertNull(FailureCause.of(Outcome.REPLY, GivenDecision.reply(0, at("10.0.0.9"), 0)));
    }

    @Test
    void of_unreachableOfUnknownParts_namesOnlyWhatIsKnown() {
        FailureCause bare = cause(GivenDecision.unreachable(at("10.0.0.9"), -1, -1, null));
        FailureCause typed = cause(GivenDecision.unreachable(at("10.0.0.9"), 3, -1, null));

        assertEquals("an ICMP error", bare.words());
        assertFalse(typed.words().contains("-1") || typed.words().contains("null"), typed.words());
        assertTrue(typed.words().contains("(type 3)"), typed.words());
    }
}
