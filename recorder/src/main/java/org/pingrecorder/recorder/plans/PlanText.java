package org.pingrecorder.recorder.plans;

import io.micronaut.http.HttpStatus;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Families;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.TargetSettings;
import org.pingrecorder.wire.TargetsText;
import org.pingrecorder.wire.control.PlanTarget;

/**
 * The targets of a plan as text: a line each, as a client's targets file has them, and their tags.
 *
 * @param targets what was read
 * @param faults the lines that could not be read
 */
record PlanText(List<PlanTarget> targets, List<TargetsText.Fault> faults) {

    /** Comments and blank lines too. */
    static final int MOST_LINES = 200_000;

    /**
     * Reads such a text.
     *
     * @throws Fault 400 if it is no UTF-8, 413 if it has too many lines
     */
    static PlanText read(byte[] body) {
        int lines = lines(body, body.length);
        if (lines > MOST_LINES) {
            throw Fault.of(
                    HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                    "The text has more than %,d lines; send it in several smaller ones."
                            .formatted(MOST_LINES));
        }
        TargetsText text = TargetsText.parsePlan(decoded(body));
        List<PlanTarget> targets = new ArrayList<>(text.targets().size());
        for (TargetsText.Target target : text.targets()) {
            Families families = target.settings().families();
            if (families == null
                    || families == Families.ANY
                    || target.address().kind() != Address.Kind.NAME) {
                targets.add(target(target, null));
            } else {
                families.families().forEach(family -> targets.add(target(target, family)));
            }
        }
        return new PlanText(targets, text.faults());
    }

    private static PlanTarget target(TargetsText.Target target, @Nullable Family family) {
        TargetSettings own = target.settings();
        return new PlanTarget(
                target.address().text(),
                family,
                target.name(),
                target.tags().isEmpty() ? null : target.tags(),
                millis(own.interval()),
                millis(own.timeout()),
                millis(own.grace()));
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    /** The line that is read as this target. */
    static String line(PlanTarget target) {
        Family family = target.family();
        return TargetsText.line(
                new TargetsText.Target(
                        Address.parse(target.ip()),
                        target.name(),
                        new TargetSettings(
                                duration(target.intervalMs()),
                                duration(target.timeoutMs()),
                                duration(target.graceMs()),
                                family == null ? null : Families.parse(family.text())),
                        target.tags() == null ? List.of() : target.tags()));
    }

    private static @Nullable Duration duration(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private static String decoded(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body);
        try {
            return decoder.decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw Fault.badRequest(
                    "line " + (lines(body, bytes.position()) + 1),
                    "The text is not UTF-8; save it so and send it again.");
        }
    }

    private static int lines(byte[] body, int end) {
        int lines = 0;
        for (int i = 0; i < end; i++) {
            if (body[i] == '\n' || (body[i] == '\r' && (i + 1 == end || body[i + 1] != '\n'))) {
                lines++;
            }
        }
        return lines;
    }
}
