package org.pingrecorder.launcher;

import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Manifest;

/**
 * Starts the class that the jar's manifest names as {@code Start-Class}. An old Java would answer
 * with a stack trace about class file versions; this tells which one is needed.
 */
public final class Launcher {

    private static final int LEAST_JAVA = 25;

    private Launcher() {}

    @SuppressWarnings("SystemExitOutsideMain") // it is the main class
    public static void main(String[] arguments) throws Throwable {
        Optional<String> refusal =
                refusal(
                        System.getProperty("java.specification.version", "?"),
                        System.getProperty("java.home", "?"));
        if (refusal.isPresent()) {
            System.err.println(refusal.get());
            System.exit(1);
        }
        MethodHandle main =
                MethodHandles.publicLookup()
                        .findStatic(
                                Class.forName(startClass()),
                                "main",
                                MethodType.methodType(void.class, String[].class));
        main.invokeExact(arguments);
    }

    private static String startClass() throws Exception {
        try (InputStream in = Launcher.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
            Manifest manifest = new Manifest(Objects.requireNonNull(in, "no manifest"));
            return Objects.requireNonNull(
                    manifest.getMainAttributes().getValue("Start-Class"), "no Start-Class");
        }
    }

    /**
     * Why a Java cannot run this.
     *
     * @param version such as {@code 1.8} or {@code 25}
     * @param home the folder that it is in
     * @return empty if it can
     */
    static Optional<String> refusal(String version, String home) {
        String feature = version.startsWith("1.") ? version.substring(2) : version;
        boolean old;
        try {
            old = Integer.parseInt(feature) < LEAST_JAVA;
        } catch (NumberFormatException e) {
            return Optional.empty(); // whoever numbers Javas so comes after us
        }
        return old
                ? Optional.of(
                        "Ping Recorder needs Java "
                                + LEAST_JAVA
                                + " or newer, this is "
                                + feature
                                + " ("
                                + home
                                + "): install one, for example from https://adoptium.net, and start"
                                + " it with that one's bin/java")
                : Optional.empty();
    }
}
