package org.pingrecorder.e2e.fleet;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Three sites and their clients, each in a network of its own, and two recorders on one database in
 * the middle. Oslo reports to the first one, Lima and Pune to the second. Only Oslo asks its
 * gateway whether it is cut off.
 */
final class Fleet implements AutoCloseable {

    /** A host beyond every site's uplink. */
    static final String INTERNET = "198.51.100.1";

    private static final String FIRST = "10.77.0.1";
    private static final String SECOND = "10.77.0.2";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Place centre;
    private final CentralRecorder first;
    private final CentralRecorder second;
    private final Site oslo;
    private final Site lima;
    private final Site pune;

    Fleet(Path folder) throws Exception {
        try {
            centre = part(new Place());
            centre.addresses(List.of(FIRST, SECOND, INTERNET));
            first = part(CentralRecorder.first(centre, FIRST, folder));
            second = part(CentralRecorder.second(centre, SECOND, folder));
            oslo = part(new Site("oslo", 1, centre, folder, first, "--cut-off-check", "gateway"));
            lima = part(new Site("lima", 2, centre, folder, second));
            pune = part(new Site("pune", 3, centre, folder, second));
            for (Site site : sites()) {
                site.startClient();
            }
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    CentralRecorder first() {
        return first;
    }

    CentralRecorder second() {
        return second;
    }

    Site oslo() {
        return oslo;
    }

    Site lima() {
        return lima;
    }

    Site pune() {
        return pune;
    }

    List<Site> sites() {
        return List.of(oslo, lima, pune);
    }

    /** Ends all of it, the newest first, whatever becomes of any. */
    @Override
    public void close() throws Exception {
        Exception fault = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                if (fault != null) {
                    e.addSuppressed(fault);
                }
                fault = e;
            }
        }
        if (fault != null) {
            throw fault;
        }
    }
}
