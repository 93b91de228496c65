package org.pingrecorder.agent.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.agent.delivery.DataFolder;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.PlanTarget;

class PlanFollowerIT {

    @TempDir private Path data = Path.of("");

    private final List<CheckedPlan> pinged = new ArrayList<>();
    private @Nullable DataFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = DataFolder.open(data, "c");
    }

    @AfterEach
    void close() throws IOException {
        if (folder != null) {
            folder.close();
        }
    }

    private PlanFollower follower() {
        if (folder == null) {
            throw new IllegalStateException();
        }
        PlanFollower follower =
                new PlanFollower(
                        folder, new PlanBounds(1_000, Duration.ofSeconds(1), () -> 0), pinged::add);
        follower.start();
        return follower;
    }

    private Path file(String name) {
        return data.resolve("c").resolve(name);
    }

    private static Plan plan(long revision, String... ips) {
        return new Plan(
                revision,
                null,
                null,
                null,
                false,
                List.of(ips).stream()
                        .map(ip -> new PlanTarget(ip, null, null, null, null, null, null))
                        .toList());
    }

    private List<Long> pingedRevisions() {
        return pinged.stream().map(CheckedPlan::revision).toList();
    }

    @Test
    void follow_newPlan_isPingedAcknowledgedAndSurvivesARestart() {
        PlanFollower follower = follower();
        assertEquals(0, follower.revision());
        assertEquals(new Ack(7, null), follower.follow(plan(7, "192.0.2.1")));
        assertEquals(new Ack(9, null), follower.follow(plan(9, "192.0.2.1", "192.0.2.2")));

        PlanFollower next = follower();

        assertEquals(9, next.revision());
        assertEquals(List.of(7L, 9L, 9L), pingedRevisions());
        assertEquals(2, pinged.getLast().targets().size());
    }

    @Test
    void follow_sameRevision_isAcknowledgedAndChangesNothing() {
        PlanFollower follower = follower();
        Ack first = follower.follow(plan(7, "a..b"));

        assertEquals(first, follower.follow(plan(7, "a..b")));
        assertEquals(1, first == null || first.problems() == null ? 0 : first.problems().size());
        assertEquals(List.of(7L), pingedRevisions());
    }

    @Test
    void follow_olderRevision_isAnsweredWithTheOneThatIsFollowed() {
        PlanFollower follower = follower();
        follower.follow(plan(7));

        Ack ack = follower.follow(plan(6));

        assertEquals(7, ack == null ? 0 : ack.revision());
        assertTrue(String.valueOf(ack).contains("plan 6 is older than 7"), "" + ack);
        assertEquals(List.of(7L), pingedRevisions());
        assertEquals(7, follower().revision());
    }

    @Test
    void follow_noPlanEver_isAcknowledged() {
        assertEquals(new Ack(0, null), follower().follow(plan(0)));
        assertFalse(Files.exists(file(PlanFile.FILE)));
    }

    @Test
    void follow_notPinged_isAcknowledgedOnceItIs() {
        List<CheckedPlan> tried = new ArrayList<>();
        PlanFollower follower =
                new PlanFollower(
                        Objects.requireNonNull(folder),
                        new PlanBounds(1_000, Duration.ofSeconds(1), () -> 0),
                        plan -> {
                            tried.add(plan);
                            if (tried.size() == 1) {
                                throw new IllegalStateException("of the test");
                            }
                        });

        assertThrows(IllegalStateException.class, () -> follower.follow(plan(7)));
        assertEquals(0, follower.revision());
        assertEquals(new Ack(7, null), follower.follow(plan(7)));
        assertEquals(2, tried.size());
    }

    @Test
    void start_planThatTheDiskDoesNotGive_isKept() throws IOException {
        // Nobody can read a folder as a file, root neither.
        Files.createDirectories(file(PlanFile.FILE));

        assertEquals(0, follower().revision());
        assertTrue(Files.exists(file(PlanFile.FILE)));
        assertFalse(Files.exists(file(PlanFile.UNREADABLE)));
    }

    @Test
    void follow_diskDoesNotTakeIt_isPingedAndAcknowledgedOnceItDoes() throws IOException {
        PlanFollower follower = follower();
        Path inTheWay = Files.createDirectories(file(PlanFile.FILE + ".new"));

        assertNull(follower.follow(plan(7)));
        assertNull(follower.follow(plan(7)));
        Files.delete(inTheWay);

        assertEquals(new Ack(7, null), follower.follow(plan(7)));
        assertEquals(List.of(7L), pingedRevisions());
        assertEquals(7, follower().revision());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"revision\":\"x\"}", "\0\0\0\0"})
    void start_unreadablePlan_isSetAsideAndTheNextOneFollowed(String content) throws IOException {
        Files.writeString(file(PlanFile.FILE), content);

        PlanFollower follower = follower();

        assertEquals(0, follower.revision());
        assertEquals(List.of(), pinged);
        assertEquals(content, Files.readString(file(PlanFile.UNREADABLE)));
        assertEquals(new Ack(3, null), follower.follow(plan(3)));
        assertEquals(3, follower().revision());
    }

    @Test
    void start_planWithHoles_isFollowedAsFarAsItGoes() throws IOException {
        Files.writeString(
                file(PlanFile.FILE),
                "{\"revision\":4,\"targets\":[{},null,{\"name\":\"n\"},{\"ip\":\"192.0.2.1\"}]}");
        assertEquals(4, follower().revision());
        assertEquals(1, pinged.getFirst().targets().size());
        assertEquals(3, pinged.getFirst().problems().size());

        Files.writeString(file(PlanFile.FILE), "{\"revision\":5}");
        assertEquals(5, follower().revision());
        assertEquals(0, pinged.getLast().targets().size());
    }

    @Test
    void start_planOfALaterVersion_isFollowedAsFarAsItIsKnown() throws IOException {
        Files.writeString(
                file(PlanFile.FILE),
                "{\"type\":\"plan\",\"revision\":4,\"paused\":true,\"new_setting\":{},"
                        + "\"targets\":[{\"ip\":\"192.0.2.1\",\"colour\":\"red\"}]}");

        assertEquals(4, follower().revision());
        assertTrue(pinged.getFirst().paused());
        assertEquals(1, pinged.getFirst().targets().size());
    }
}
