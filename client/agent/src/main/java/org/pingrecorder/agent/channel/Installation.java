package org.pingrecorder.agent.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.delivery.DataFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The id of an installation of this client: made at its first start and kept in its data folder, so
 * that a recorder can tell a restart from a second client of that name. A copy of the folder has
 * the same id.
 */
public final class Installation {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    static final String FILE = "installation";

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Installation() {}

    /** The id in a folder; where that can be neither read nor written, one for this run. */
    public static String id(DataFolder folder) {
        try {
            byte @Nullable [] kept = folder.read(FILE);
            String text = kept == null ? "" : new String(kept, StandardCharsets.UTF_8).strip();
            if (ID.matcher(text).matches()) {
                return text;
            }
            if (kept != null) {
                LOG.warn("{} holds no id: this installation has a new one", folder.file(FILE));
            }
            String made = UUID.randomUUID().toString();
            folder.replace(FILE, (made + "\n").getBytes(StandardCharsets.UTF_8));
            return made;
        } catch (IOException e) {
            LOG.warn(
                    "the id of this installation cannot be kept in {} ({}): after a restart the"
                            + " recorder may refuse this client for half a minute",
                    folder.file(FILE),
                    e.getMessage());
            return UUID.randomUUID().toString();
        }
    }
}
