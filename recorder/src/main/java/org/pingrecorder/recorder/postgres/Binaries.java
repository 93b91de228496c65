package org.pingrecorder.recorder.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.pingrecorder.recorder.config.StartFailure;

/** Unpacks the PostgreSQL programs that this build carries for the machine's platform. */
final class Binaries {

    private Binaries() {}

    /**
     * Unpacks into a folder named after the build, once.
     *
     * @param folder where the programs of all builds live
     * @return the folder that holds {@code bin}, {@code lib} and {@code share}
     */
    static Path unpack(Path folder) throws StartFailure, IOException {
        URL resource = Binaries.class.getResource("/postgres-" + platform() + ".txz");
        if (resource == null) {
            throw new StartFailure(
                    "This build carries no PostgreSQL for "
                            + platform()
                            + "; build it on this kind of machine, or set DATASOURCES_DEFAULT_URL"
                            + " to a PostgreSQL of your own.");
        }
        URLConnection packed = resource.openConnection();
        // The size names the build well enough: archives of two releases hardly agree on it.
        Path ready = folder.resolve("build-" + packed.getContentLengthLong());
        if (!Files.isDirectory(ready)) {
            Path half = folder.resolve("unpacking");
            deleteAll(folder);
            DataFolder.createPrivate(half);
            try (InputStream stream = packed.getInputStream()) {
                untar(stream, half);
            }
            Files.move(half, ready, StandardCopyOption.ATOMIC_MOVE);
        }
        return ready;
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        String family = os.startsWith("mac") ? "darwin" : os.split(" ", 2)[0];
        return switch (arch) {
            case "amd64", "x86_64" -> family + "-x86_64";
            case "aarch64" -> family + "-arm_64";
            default -> family + "-" + arch;
        };
    }

    private static void untar(InputStream packed, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException(entry.getName() + " would leave the folder");
                }
                unpackEntry(tar, entry, target);
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Deletes a folder with all that is in it; nothing happens where there is none. */
    static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
