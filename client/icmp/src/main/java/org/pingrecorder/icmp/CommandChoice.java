package org.pingrecorder.icmp;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.icmp.IcmpSupport.Attempt;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.command.PingProgram;
import org.pingrecorder.icmp.packet.PacketOptions;

/** Finds the system's ping program, and says what is wrong if there is none to use. */
final class CommandChoice {

    private static final int IDENTIFY_SECONDS = 5;

    private CommandChoice() {}

    static IcmpEngine open(
            EngineConfig config, Clock clock, PingSource source, PingListener listener)
            throws IcmpUnavailableException {
        PingProgram program = program(System.getProperty("os.name", ""));
        String whyNot = whyUnusable(program, false, path());
        if (!whyNot.isEmpty()) {
            throw new IcmpUnavailableException(
                    "This process cannot ping: %s. To mend it: %s."
                            .formatted(whyNot, program.mend()));
        }
        String ipv4 = whyNot(program, false, config.packet());
        String ipv6 = whyNot(program, true, config.packet());
        if (!ipv4.isEmpty() && !ipv6.isEmpty()) {
            throw new OptionRefusedException(ipv4 + ": leave it out");
        }
        return new CommandEngine(
                config,
                clock,
                program,
                source,
                listener,
                "IPv4 %s, IPv6 %s; up to %d pings in flight"
                        .formatted(
                                described(program, false, ipv4),
                                described(program, true, ipv6),
                                CommandEngine.MOST_PROGRAMS));
    }

    private static String described(PingProgram program, boolean ipv6, String whyNot) {
        return whyNot.isEmpty()
                ? "with the program " + program.name(ipv6) + " of " + program.system()
                : "not: " + whyNot;
    }

    /** Why a family is not pinged with these options; empty where it is. */
    static String whyNot(PingProgram program, boolean ipv6, PacketOptions packet) {
        String whyNoSource = packet.whyNoSource(ipv6);
        return whyNoSource.isEmpty() ? program.refusal(ipv6, packet) : whyNoSource;
    }

    /** What may be done where there are no sockets of ours. */
    static IcmpSupport probe() {
        try {
            PingProgram program = program(System.getProperty("os.name", ""));
            String ipv4 = whyUnusable(program, false, path());
            String ipv6 = whyUnusable(program, true, path());
            return new IcmpSupport(
                    List.of(
                            new Attempt(Kind.COMMAND, false, ipv4.isEmpty(), ipv4),
                            new Attempt(Kind.COMMAND, true, ipv6.isEmpty(), ipv6)),
                    List.of(slow()),
                    ipv4.isEmpty() ? "" : program.mend());
        } catch (IcmpUnavailableException none) {
            return new IcmpSupport(List.of(), List.of(), String.valueOf(none.getMessage()));
        }
    }

    private static String slow() {
        return "Sockets of our own work on 64-bit Linux (x86-64 and AArch64) only, and this is %s on %s:"
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch"))
                + " each ping is a process of the system's ping program.";
    }

    static PingProgram program(String system) throws IcmpUnavailableException {
        Optional<PingProgram> known = PingProgram.of(system);
        if (known.isEmpty()) {
            throw new IcmpUnavailableException(
                    "Pinging works on Linux, macOS, FreeBSD and Windows, and this is " + system);
        }
        return known.get();
    }

    /** Why the program cannot be used; empty where it can. */
    static String whyUnusable(PingProgram program, boolean ipv6, String path) {
        String name = program.name(ipv6);
        if (!isOn(path, name)) {
            return "there is no program '" + name + "' on the PATH";
        }
        if (program.identify().isEmpty() || program.isMeant(printed(program.identify()))) {
            return "";
        }
        return "the program '%s' on the PATH is not the one whose output is known here"
                .formatted(name);
    }

    private static String path() {
        return System.getenv().getOrDefault("PATH", "");
    }

    private static boolean isOn(String path, String name) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path file = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isExecutable(file) || Files.isExecutable(Path.of(file + ".exe"))) {
                return true;
            }
        }
        return false;
    }

    private static String printed(List<String> line) {
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(IDENTIFY_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new String(process.getInputStream().readNBytes(1_024), StandardCharsets.UTF_8);
        } catch (IOException unusable) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
