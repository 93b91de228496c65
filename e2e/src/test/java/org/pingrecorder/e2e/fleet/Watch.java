package org.pingrecorder.e2e.fleet;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.pingrecorder.e2e.JsonRow;
import org.pingrecorder.e2e.Rest;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.ClientState;

/** Waits until a recorder says what is to come, and tells what it says on the way. */
final class Watch {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Watch() {}

    /** For what takes no longer than a slow machine makes it. */
    static ConditionFactory soon() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).ignoreExceptions();
    }

    /** Waits until a client is in a state; tells each state that it is in until then. */
    static Client awaitState(Rest rest, String name, ClientState wanted) {
        AtomicReference<Client> last = new AtomicReference<>();
        soon().until(
                        () -> {
                            Client now = rest.client(name);
                            Client before = last.getAndSet(now);
                            if (before == null || before.state() != now.state()) {
                                Diary.tell("%s", standing(now));
                            }
                            return now.state() == wanted;
                        });
        return last.get();
    }

    /** How a client stands, in words. */
    static String standing(Client client) {
        Instant since = client.stateSince();
        return "%s is %s%s, says /clients."
                .formatted(
                        client.client(),
                        client.state().text(),
                        since == null ? "" : " since " + Diary.time(since));
    }

    /** Waits until a client follows its plan by its own word; tells both revisions. */
    static void awaitAcknowledged(Rest rest, String name) {
        AtomicReference<JsonRow> last = new AtomicReference<>();
        soon().until(
                        () -> {
                            last.set(rest.object("/clients/" + name + "/plan"));
                            return last.get().number("wanted_revision")
                                    == last.get().number("acknowledged_revision");
                        });
        Diary.tell(
                "%s is to follow revision %s, and has acknowledged %s at %s.",
                name,
                last.get().text("wanted_revision"),
                last.get().text("acknowledged_revision"),
                Diary.time(Instant.parse(last.get().text("acknowledged_at"))));
    }

    /** Waits until history has a ping of an ip that was planned then or later. */
    static void awaitPing(Rest rest, String client, String ip, Instant from) {
        soon().until(
                        () ->
                                !rest.pings("client=%s&ip=%s&start=%s".formatted(client, ip, from))
                                        .isEmpty());
    }

    /** Waits until the history of an ip is whole; returns what it is in any case. */
    static Kept awaitWhole(Rest rest, String client, String ip, Instant from, Instant to) {
        AtomicReference<Kept> last = new AtomicReference<>(new Kept(0, 0, 0, Map.of()));
        soon().until(
                        () -> {
                            last.set(Kept.of(rest, client, ip, from, to));
                            return last.get().slots() > 0 && last.get().missing() == 0;
                        });
        return last.get();
    }
}
