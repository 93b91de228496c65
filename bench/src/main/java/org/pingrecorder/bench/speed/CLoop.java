package org.pingrecorder.bench.speed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code bench/src/main/c/pingloop.c}, compiled by the machine's C compiler. */
final class CLoop {

    private final Programs programs;
    private final Path binary;

    /** Compiles it into the programs' folder. */
    CLoop(Path project, Programs programs) throws Exception {
        this.programs = programs;
        this.binary = programs.folder().resolve("pingloop");
        String source = project.resolve("bench/src/main/c/pingloop.c").toString();
        programs.run(List.of("cc", "-O2", "-o", binary.toString(), source));
    }

    Spent atFullSpeed(int addresses, int pings, String kind) throws Exception {
        return run("" + addresses, "" + pings, kind);
    }

    /** Each address once a second, so many seconds long. */
    Spent paced(int addresses, int seconds) throws Exception {
        return run("" + addresses, "" + (long) addresses * seconds, "datagram", "paced");
    }

    private Spent run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        String[] result = programs.run(command).split("\\s+", -1);
        return new Spent(
                Long.parseLong(result[0]),
                Long.parseLong(result[1]),
                Long.parseLong(result[2]),
                -1);
    }
}
