package org.pingrecorder.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/** The README's curl session works as printed, but for the times and what is measured. */
final class ReadmeIT {

    private static final Pattern SESSION = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    /** What differs from task to task. */
    private static final Pattern OF_A_TASK =
            Pattern.compile(
                    "(,\"slip_ms\":[0-9.]+)|(?<=_ms\":)[0-9.]+|(?<=\"task\":\")[0-9a-f-]{36}");

    @TempDir Path folder;

    /** A command and what the README says it prints. */
    private record Step(String command, String printed) {}

    @Test
    void curlSession_answersAsPrinted() throws Exception {
        List<Step> steps = steps();
        assertTrue(steps.size() >= 10, "the session covers the calls");
        try (JarProcess recorder = Project.recorder(folder).start()) {
            String authority = Jars.awaitAddress(recorder).getAuthority();
            for (Step step : steps) {
                assertEquals(
                        withoutTimes(step.printed()),
                        withoutTimes(run(step.command().replace("localhost:5001", authority))),
                        step.command());
            }
        }
    }

    private static List<Step> steps() throws Exception {
        String readme = Files.readString(Project.folder().resolve("README.md"));
        List<Step> steps = new ArrayList<>();
        for (Matcher session = SESSION.matcher(readme); session.find(); ) {
            for (String part : session.group(1).split("(?m)^\\$ ", -1)) {
                if (!part.isEmpty()) {
                    String[] lines = part.split("\n", 2);
                    steps.add(new Step(lines[0], lines[1].strip()));
                }
            }
        }
        return steps;
    }

    private static String run(String command) throws Exception {
        Process process =
                new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return printed.replace("\r\n", "\n").strip(); // CSV ends its lines so
    }

    private static String withoutTimes(String text) {
        String timeless = TIME.matcher(text).replaceAll("TIME");
        return text.startsWith("{\"type\":")
                ? OF_A_TASK.matcher(timeless).replaceAll("")
                : timeless;
    }
}
