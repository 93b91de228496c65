package org.pingrecorder.recorder.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.pingrecorder.recorder.config.StartFailure;

/**
 * A PostgreSQL data directory: made once, by {@code initdb}, then given the same settings at every
 * start.
 */
final class Cluster {

    static final String USER = "recorder";

    private static final int MAJOR_VERSION = 18;
    private static final Duration INIT_LIMIT = Duration.ofMinutes(5);

    /** Written anew at every start, so that no old or edited setting makes it less than durable. */
    private static final String SETTINGS =
            """
            # Written by the recorder at every start; put settings of your own (memory, say) into
            # postgresql.local.conf beside this file.
            include_if_exists 'postgresql.local.conf'

            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'

            fsync = on
            synchronous_commit = on
            full_page_writes = on

            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgresql-%%a.log'
            log_rotation_age = 1d
            log_truncate_on_rotation = on
            log_timezone = 'UTC'
            timezone = 'UTC'
            """;

    private static final String ACCESS =
            """
            # Written by the recorder at every start: its own account, by password, from this machine.
            host all %s 127.0.0.1/32 scram-sha-256
            """;

    private final Path folder;
    private final Path passwordFile;

    /**
     * The cluster of a recorder's data folder.
     *
     * @param dataFolder absolute
     */
    Cluster(Path dataFolder) {
        this.folder = dataFolder.resolve("postgres");
        this.passwordFile = dataFolder.resolve("postgres-password");
    }

    Path folder() {
        return folder;
    }

    String password() throws IOException {
        return Files.readString(passwordFile).strip();
    }

    /** Makes the cluster if there is none; a start that died half-way leaves nothing behind. */
    void initialise(Commands commands) throws StartFailure, IOException, InterruptedException {
        Path versionFile = folder.resolve("PG_VERSION");
        if (Files.exists(versionFile)) {
            checkVersion(Files.readString(versionFile).strip());
            return;
        }
        if (Files.exists(folder)) {
            throw new StartFailure(
                    folder
                            + " is not a PostgreSQL data directory; move it away or set"
                            + " RECORDER_DATA to another folder.");
        }
        Path half = folder.resolveSibling("postgres-initialising");
        Binaries.deleteAll(half);
        writePrivate(passwordFile, newPassword());
        Commands.Result result =
                commands.run(
                        "initdb",
                        INIT_LIMIT,
                        "--pgdata=" + half,
                        "--username=" + USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-instructions");
        if (result.failed()) {
            throw new StartFailure(
                    "PostgreSQL could not make its data directory in "
                            + half
                            + ": "
                            + result.output());
        }
        Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives the cluster its settings for the next start. */
    void configure(int port) throws IOException {
        writePrivate(folder.resolve("postgresql.conf"), SETTINGS.formatted(port));
        writePrivate(folder.resolve("pg_hba.conf"), ACCESS.formatted(USER));
    }

    private void checkVersion(String version) throws StartFailure {
        if (!version.equals(Integer.toString(MAJOR_VERSION))) {
            throw new StartFailure(
                    folder
                            + " was made by PostgreSQL "
                            + version
                            + " and this recorder carries "
                            + MAJOR_VERSION
                            + "; start the release that made it, dump it with pg_dump, and load"
                            + " the dump into a new RECORDER_DATA.");
        }
    }

    private static String newPassword() {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    private static void writePrivate(Path file, String text) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(written);
        Files.createFile(
                written,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true); // an empty password after a power loss would lock us out
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
