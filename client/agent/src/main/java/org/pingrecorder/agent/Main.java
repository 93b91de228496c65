package org.pingrecorder.agent;

import java.io.PrintWriter;
import java.util.Map;
import org.pingrecorder.agent.check.CheckCommand;
import org.pingrecorder.agent.config.Surroundings;
import org.pingrecorder.agent.ping.PingCommand;
import org.pingrecorder.agent.run.RunCommand;
import org.pingrecorder.agent.status.StatusCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The client's command line. */
@Command(
        name = "client",
        mixinStandardHelpOptions = true,
        header = "Ping Recorder's client: pings on an exact timetable and tells a recorder.",
        synopsisSubcommandLabel = "COMMAND",
        footer = "%n'client COMMAND --help' tells everything about one command.",
        versionProvider = Main.Version.class)
public final class Main {

    /** Exit status of a fault of our own, which must not be taken for a host's. */
    private static final int FAULT = 4;

    /**
     * What Netty sets itself up with is for servers: pools of buffers to a thread, and events for
     * flight recordings that nobody makes. A client has two connections.
     */
    private static final Map<String, String> SMALL_NETTY =
            Map.of("io.netty.allocator.type", "unpooled", "io.netty.jfr.enabled", "false");

    private Main() {}

    public static void main(String[] arguments) {
        SMALL_NETTY.forEach(
                (key, value) -> System.setProperty(key, System.getProperty(key, value)));
        // Made from the stream itself, it knows when the other end of a pipe is closed.
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        int status;
        try {
            status = commandLine(Surroundings.ofProcess()).setOut(out).execute(arguments);
        } catch (OutOfMemoryError e) {
            System.err.println("Java has too little memory for this: give it more, as -Xmx1g does");
            status = FAULT;
        }
        System.exit(status);
    }

    /** The whole command line, for {@code main} and for tests. */
    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine line =
                new CommandLine(new Main())
                        .addSubcommand(new RunCommand(surroundings))
                        .addSubcommand(new PingCommand(surroundings, System.in))
                        .addSubcommand(new CheckCommand())
                        .addSubcommand(new StatusCommand(surroundings))
                        .setParameterExceptionHandler(new BadUse())
                        .setExitCodeExceptionMapper(_ -> FAULT)
                        .setUsageHelpAutoWidth(true);
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
        return line;
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"Ping Recorder client " + (version == null ? "?" : version)};
        }
    }
}
