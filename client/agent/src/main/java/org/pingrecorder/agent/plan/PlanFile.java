package org.pingrecorder.agent.plan;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.config.FileFault;
import org.pingrecorder.agent.delivery.DataFolder;
import org.pingrecorder.wire.control.Plan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last plan, kept over restarts, as the recorder sent it. For one thread. */
final class PlanFile {

    private static final Logger LOG = LoggerFactory.getLogger(PlanFile.class);

    static final String FILE = "plan.json";

    /** Where a plan that cannot be read is kept, for people. */
    static final String UNREADABLE = FILE + ".unreadable";

    private final DataFolder folder;
    private final ObjectMapper mapper = ObjectMapper.getDefault();

    PlanFile(DataFolder folder) {
        this.folder = folder;
    }

    /** The plan; null if there is none, or none that can be read, which is said. */
    @Nullable Plan load() {
        byte @Nullable [] content;
        try {
            content = folder.read(FILE);
        } catch (IOException e) {
            tellUnreadable(FileFault.reason(e));
            return null;
        }
        if (content == null) {
            return null;
        }
        try {
            Plan plan = mapper.readValue(content, Plan.class);
            if (plan != null) {
                return plan;
            }
            setAside("it is empty");
        } catch (IOException e) {
            setAside(FileFault.reason(e));
        }
        return null;
    }

    private void tellUnreadable(String why) {
        LOG.error(
                "the plan in {} cannot be read ({}) and is not followed until the recorder sends it"
                        + " again; this client's own targets are pinged",
                folder.file(FILE),
                why);
    }

    /** It would be as unreadable at the next start. */
    private void setAside(String why) {
        tellUnreadable("kept as " + UNREADABLE + ": " + why);
        Path file = folder.file(FILE);
        try {
            Files.move(file, folder.file(UNREADABLE), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.error("{} cannot be renamed ({})", file, FileFault.reason(e));
        }
    }

    /** Writes a plan; it is on disk when this returns. */
    void save(Plan plan) throws IOException {
        folder.replace(FILE, mapper.writeValueAsBytes(plan));
    }
}
