package org.pingrecorder.recorder.announce;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation does, seen from two recorders. */
abstract class AnnouncementsContract {

    private Announcements here;
    private Announcements there;

    abstract Announcements here();

    abstract Announcements there();

    @BeforeEach
    void connect() {
        here = here();
        there = there();
        // What is announced while a listener's connection is made is told as "anything".
        for (Announcements one : List.of(here, there)) {
            for (Announcements other : List.of(here, there)) {
                Heard heard = new Heard();
                try (Announcements.Subscription _ = one.listen("warm-up", heard)) {
                    await().until(
                                    () -> {
                                        other.announce("warm-up", List.of("x"));
                                        return heard.keys.contains("x");
                                    });
                }
            }
        }
    }

    /** Everything that a listener heard. */
    static final class Heard implements Announcements.Listener {

        final Set<String> keys = ConcurrentHashMap.newKeySet();
        final AtomicInteger calls = new AtomicInteger();
        final AtomicInteger anything = new AtomicInteger();

        @Override
        public void announced(Set<String> announced) {
            calls.incrementAndGet();
            keys.addAll(announced);
        }

        @Override
        public void anythingMayHaveChanged() {
            anything.incrementAndGet();
        }
    }

    @Test
    void announce_reachesTheListenersOfThatTopicAtAllRecorders() {
        Heard atHome = new Heard();
        Heard away = new Heard();
        Heard other = new Heard();
        here.listen("plan", atHome);
        there.listen("plan", away);
        there.listen("other", other);
        here.announce("plan", List.of("a", "ü b"));
        there.announce("other", List.of("last"));
        await().until(() -> away.keys.size() == 2 && atHome.keys.size() == 2);
        await().until(() -> other.keys.contains("last"));
        assertEquals(Set.of("a", "ü b"), away.keys);
        assertEquals(Set.of("a", "ü b"), atHome.keys);
        assertEquals(Set.of("last"), other.keys);
    }

    @Test
    void announce_ofNothing_isNotHeard() {
        Heard heard = new Heard();
        there.listen("plan", heard);
        here.announce("plan", List.of());
        here.announce("plan", List.of("a"));
        await().until(() -> heard.keys.contains("a"));
        assertEquals(1, heard.calls.get());
        assertEquals(0, heard.anything.get());
    }

    @Test
    void announce_ofMoreThanCanBeNamed_isAnything() {
        Heard heard = new Heard();
        there.listen("plan", heard);
        here.announce("plan", clients(3_000));
        await().until(() -> heard.anything.get() > 0);
        assertEquals(Set.of(), heard.keys);
    }

    @Test
    void announce_ofMoreThanOneMessageHolds_namesAll() {
        Heard heard = new Heard();
        there.listen("plan", heard);
        List<String> clients = clients(1_500);
        here.announce("plan", clients);
        await().until(() -> heard.keys.size() == clients.size());
        assertEquals(Set.copyOf(clients), heard.keys);
        assertEquals(0, heard.anything.get());
    }

    @Test
    void announce_ofAKeyThatIsTooLong_isAnything() {
        Heard heard = new Heard();
        there.listen("plan", heard);
        here.announce("plan", List.of("a", "x".repeat(8_000)));
        await().until(() -> heard.anything.get() > 0);
    }

    private static List<String> clients(int count) {
        return IntStream.range(0, count).mapToObj(i -> "client-" + i).toList();
    }

    @Test
    void listenerThatThrows_keepsNoOtherFromHearing() {
        Heard heard = new Heard();
        there.listen(
                "plan",
                new Announcements.Listener() {
                    @Override
                    public void announced(Set<String> keys) {
                        throw new IllegalStateException("as the test wants");
                    }

                    @Override
                    public void anythingMayHaveChanged() {}
                });
        there.listen("plan", heard);
        here.announce("plan", List.of("a"));
        await().until(() -> heard.keys.contains("a"));
        here.announce("plan", List.of("b"));
        await().until(() -> heard.keys.contains("b"));
    }

    @Test
    void subscription_thatIsClosed_hearsNoMore() {
        Heard closed = new Heard();
        Heard open = new Heard();
        Announcements.Subscription subscription = there.listen("plan", closed);
        there.listen("plan", open);
        subscription.close();
        subscription.close();
        here.announce("plan", List.of("a"));
        await().until(() -> open.keys.contains("a"));
        assertEquals(Set.of(), closed.keys);
    }
}
