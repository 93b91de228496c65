package org.pingrecorder.bench.speed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines that run a class of this module in a JVM of its own. */
final class Jvm {

    private Jvm() {}

    static List<String> command(
            Path project, List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(
                project.resolve("bench/target/classes")
                        + ":"
                        + project.resolve("bench/target/lib")
                        + "/*");
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }
}
