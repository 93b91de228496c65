package org.pingrecorder.agent;

import org.pingrecorder.agent.check.CheckCommand;
import org.pingrecorder.agent.config.Surroundings;
import org.pingrecorder.agent.ping.PingCommand;
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

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(Surroundings.ofProcess()).execute(arguments));
    }

    /** The whole command line, for {@code main} and for tests. */
    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new Main())
                .addSubcommand(new PingCommand(surroundings, System.in))
                .addSubcommand(new CheckCommand())
                .setUsageHelpAutoWidth(true);
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
