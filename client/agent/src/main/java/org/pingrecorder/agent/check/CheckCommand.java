package org.pingrecorder.agent.check;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.table.TextTable;
import org.pingrecorder.icmp.IcmpEngine;
import org.pingrecorder.icmp.IcmpSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}: tries each way to ping once, without pinging, and says what came of it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        header = "Say how this process may ping.",
        description =
                "Opens and closes each kind of ICMP socket, for IPv4 and IPv6, and sends nothing;"
                        + " where there are none of ours, looks for the system's ping program."
                        + " Where nothing works for IPv4, says what decides about it and what"
                        + " to run to mend it.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:pinging works for IPv4", "3:it does not"})
public final class CheckCommand implements Callable<Integer> {

    private static final int WORKS = 0;
    private static final int NO_ICMP = 3;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("made without a command line");
        }
        return tell(IcmpEngine.probe(), spec.commandLine().getOut());
    }

    static int tell(IcmpSupport support, PrintWriter out) {
        TextTable table = new TextTable(4, "family", "kind", "works", "reason");
        for (IcmpSupport.Attempt attempt : support.attempts()) {
            table.row(
                    attempt.ipv6() ? "IPv6" : "IPv4",
                    attempt.kind().name().toLowerCase(Locale.ROOT),
                    attempt.works() ? "yes" : "no",
                    attempt.reason());
        }
        out.println(table.text());
        support.notes().forEach(note -> out.printf("%n%s%n", note));
        if (!support.advice().isEmpty()) {
            out.println();
            out.println(support.advice());
        }
        out.flush();
        return support.works(false) ? WORKS : NO_ICMP;
    }
}
