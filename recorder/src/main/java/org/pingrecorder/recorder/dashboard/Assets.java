package org.pingrecorder.recorder.dashboard;

import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the dashboard, below {@code dashboard/} on the class path. Each is read and packed
 * once, when it is first asked for. Thread-safe.
 */
@Singleton
final class Assets {

    /** No part of a path begins with a dot, so none leads out of the folder. */
    private static final Pattern PATH =
            Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private final Map<String, Asset> known = new ConcurrentHashMap<>();
    private final @Nullable Path folder;

    /**
     * @param folder where who works on the dashboard has its sources: what is there is read for
     *     each call and goes before what was built; {@code -Ddashboard.folder=…}
     */
    Assets(@Nullable @Property(name = "dashboard.folder") String folder) {
        this.folder = folder == null ? null : Path.of(folder);
    }

    /** The file at a path such as {@code views/ip/ip.js}. */
    Optional<Asset> find(String path) throws IOException {
        if (!PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        if (folder != null && Files.isRegularFile(folder.resolve(path))) {
            return Optional.of(Asset.of(Files.readAllBytes(folder.resolve(path))));
        }
        Asset asset = known.get(path);
        if (asset == null) {
            asset = read(path);
            if (asset != null) {
                known.put(path, asset);
            }
        }
        return Optional.ofNullable(asset);
    }

    private static @Nullable Asset read(String path) throws IOException {
        try (InputStream file = Assets.class.getResourceAsStream("/dashboard/" + path)) {
            return file == null ? null : Asset.of(file.readAllBytes());
        }
    }
}
