package org.pingrecorder.agent.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.config.Surroundings;
import org.pingrecorder.icmp.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code docs/ping.md} names flags that are there, and the exit statuses of the help text. */
class PingDocTest {

    /** Flags of this command: in examples, in running text, and in the table's second column. */
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^cping (.*?)(?:#.*| \\|.*)?$");

    private static final Pattern ROW = Pattern.compile("(?m)^\\|[^|]*\\|([^|]*)\\|[^|]*\\|$");
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--?[a-zA-Z46][a-z-]*");
    private static final Pattern STATUS = Pattern.compile("(?m)^\\| ([0-9]+) \\| (.*) \\|$");

    private final CommandSpec spec =
            new CommandLine(
                            new PingCommand(
                                    new Surroundings(Map.of(), Path.of(""), Clock.system()),
                                    InputStream.nullInputStream()))
                    .getCommandSpec();

    private static String page() throws Exception {
        return Files.readString(Path.of("../../docs/ping.md"));
    }

    @Test
    void page_flags_areThere() throws Exception {
        String page = page();
        String comparison = page.substring(0, page.indexOf("## The live view"));
        String ours =
                Arrays.asList(EXAMPLE, ROW).stream()
                        .flatMap(p -> p.matcher(comparison).results())
                        .map(m -> m.group(1))
                        .collect(Collectors.joining("\n"));
        List<String> flags = FLAG.matcher(ours).results().map(m -> m.group()).toList();

        assertTrue(flags.size() > 20, flags.toString());
        TreeSet<String> unknown = new TreeSet<>(flags);
        unknown.removeAll(spec.optionsMap().keySet());
        assertEquals(new TreeSet<>(), unknown);
    }

    @Test
    void page_exitStatuses_areThoseOfTheHelp() throws Exception {
        Map<String, String> statuses =
                STATUS.matcher(page().replace("client.jar ", ""))
                        .results()
                        .collect(
                                Collectors.toMap(
                                        m -> m.group(1), m -> m.group(2).replace("`", "'")));

        assertEquals(spec.usageMessage().exitCodeList(), statuses);
    }
}
