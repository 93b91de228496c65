package org.pingrecorder.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.IcmpSupport;
import org.pingrecorder.icmp.IcmpSupport.Attempt;
import org.pingrecorder.icmp.IcmpSupport.Kind;

class CheckCommandTest {

    private final StringWriter out = new StringWriter();

    private int tell(IcmpSupport support) {
        return CheckCommand.tell(support, new PrintWriter(out));
    }

    @Test
    void tell_works_is0WithoutAdvice() {
        List<Attempt> attempts =
                List.of(
                        new Attempt(Kind.DATAGRAM, false, false, "EACCES"),
                        new Attempt(Kind.RAW, false, true, ""));

        assertEquals(0, tell(new IcmpSupport(attempts, List.of(), "")));
        assertEquals(
                List.of(
                        "family  kind      works  reason",
                        "IPv4    datagram  no     EACCES",
                        "IPv4    raw       yes"),
                out.toString().lines().toList());
    }

    @Test
    void tell_nothingWorks_is3WithTheNotesAndTheAdvice() {
        List<Attempt> attempts = List.of(new Attempt(Kind.RAW, false, false, "EPERM"));

        assertEquals(3, tell(new IcmpSupport(attempts, List.of("a note"), "run this")));
        assertEquals(
                List.of("", "a note", "", "run this"), out.toString().lines().skip(2).toList());
    }
}
