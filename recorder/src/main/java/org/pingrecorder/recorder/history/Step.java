package org.pingrecorder.recorder.history;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pingrecorder.recorder.http.Window;

/**
 * How long the buckets of a history are. Seconds, minutes and hours are counted from each midnight
 * of the time zone; days and more are those of its calendar, so that one on which clocks change has
 * 23 or 25 hours. One may also be all of the window.
 *
 * @param amount 1 or more, at most a year of the unit
 */
public record Step(int amount, Unit unit) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})([a-z]+)");

    /** A window has at most so many buckets where the caller does not say how long they are. */
    private static final int MOST_BUCKETS = 400;

    private static final List<Unit> COUNTED =
            Arrays.stream(Unit.values()).filter(unit -> unit != Unit.WINDOW).toList();

    /** After all windows. */
    private static final LocalDate LAST_DAY = LocalDate.of(10_000, 1, 1);

    private static final List<Step> ROUND =
            List.of(
                    new Step(1, Unit.SECOND),
                    new Step(2, Unit.SECOND),
                    new Step(5, Unit.SECOND),
                    new Step(10, Unit.SECOND),
                    new Step(15, Unit.SECOND),
                    new Step(30, Unit.SECOND),
                    new Step(1, Unit.MINUTE),
                    new Step(2, Unit.MINUTE),
                    new Step(5, Unit.MINUTE),
                    new Step(10, Unit.MINUTE),
                    new Step(15, Unit.MINUTE),
                    new Step(30, Unit.MINUTE),
                    new Step(1, Unit.HOUR),
                    new Step(2, Unit.HOUR),
                    new Step(3, Unit.HOUR),
                    new Step(6, Unit.HOUR),
                    new Step(12, Unit.HOUR),
                    new Step(1, Unit.DAY),
                    new Step(1, Unit.WEEK),
                    new Step(1, Unit.MONTH),
                    new Step(3, Unit.MONTH));

    /** What steps are counted in. */
    public enum Unit {
        SECOND("s", Duration.ofSeconds(1), 86_400),
        MINUTE("m", Duration.ofMinutes(1), 1_440),
        HOUR("h", Duration.ofHours(1), 24),
        DAY("d", Duration.ofDays(1), 366),
        WEEK("w", Duration.ofDays(7), 52),
        MONTH("month", ChronoUnit.MONTHS.getDuration(), 12),
        YEAR("y", ChronoUnit.YEARS.getDuration(), 1),
        /** All of the window, however long that is. */
        WINDOW("window", ChronoUnit.FOREVER.getDuration(), 1);

        private final String text;
        private final Duration about;
        private final int most;

        Unit(String text, Duration about, int most) {
            this.text = text;
            this.about = about;
            this.most = most;
        }
    }

    /**
     * Reads a step such as {@code 5m}.
     *
     * @throws IllegalArgumentException with a message for the caller
     */
    public static Step parse(String text) {
        if (text.equals(Unit.WINDOW.text)) {
            return new Step(1, Unit.WINDOW);
        }
        Matcher parts = TEXT.matcher(text);
        if (parts.matches()) {
            int amount = Integer.parseInt(parts.group(1));
            for (Unit unit : COUNTED) {
                if (unit.text.equals(parts.group(2)) && amount >= 1 && amount <= unit.most) {
                    return new Step(amount, unit);
                }
            }
        }
        throw new IllegalArgumentException(
                "give a number and a unit, such as 5m or 1d; at least 1s, at most "
                        + COUNTED.stream()
                                .map(unit -> unit.most + unit.text)
                                .collect(Collectors.joining(", "))
                        + "; or window for a single bucket");
    }

    /** The shortest round step that gives a window no more buckets than a chart has room for. */
    public static Step fitting(Window window) {
        Duration length = window.length();
        return ROUND.stream()
                .filter(step -> step.about().multipliedBy(MOST_BUCKETS).compareTo(length) >= 0)
                .findFirst()
                .orElseGet(() -> new Step(1, Unit.YEAR));
    }

    /** How long it is, where the calendar does not make it shorter or longer. */
    Duration about() {
        return unit.about.multipliedBy(amount);
    }

    /** Whether hourly summaries will do. */
    boolean isOfHours() {
        return about().compareTo(Duration.ofHours(1)) >= 0;
    }

    /** Where the bucket begins that a time is in. */
    ZonedDateTime floor(Instant time, ZoneId zone) {
        ZonedDateTime local = time.atZone(zone);
        LocalDate date = local.toLocalDate();
        return switch (unit) {
            case SECOND, MINUTE, HOUR -> {
                ZonedDateTime midnight = date.atStartOfDay(zone);
                long steps = Duration.between(midnight, local).dividedBy(about());
                yield midnight.plus(about().multipliedBy(steps));
            }
            case DAY -> startOfDay(floor(date.toEpochDay()), zone);
            case WEEK -> {
                LocalDate monday = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                // The first Monday after the epoch's Thursday is day 4.
                long week = Math.floorDiv(monday.toEpochDay() - 4, 7);
                yield startOfDay(floor(week) * 7 + 4, zone);
            }
            case MONTH -> {
                long month = floor(date.getYear() * 12L + date.getMonthValue() - 1);
                yield LocalDate.of((int) (month / 12), (int) (month % 12) + 1, 1)
                        .atStartOfDay(zone);
            }
            case YEAR -> date.withDayOfYear(1).atStartOfDay(zone);
            case WINDOW -> LocalDate.EPOCH.atStartOfDay(zone);
        };
    }

    private long floor(long count) {
        return Math.floorDiv(count, amount) * amount;
    }

    private static ZonedDateTime startOfDay(long epochDay, ZoneId zone) {
        return LocalDate.ofEpochDay(epochDay).atStartOfDay(zone);
    }

    /** Where the next bucket begins. */
    ZonedDateTime next(ZonedDateTime floor) {
        LocalDate date = floor.toLocalDate();
        ZoneId zone = floor.getZone();
        return switch (unit) {
            case SECOND, MINUTE, HOUR -> {
                ZonedDateTime next = floor.plus(about());
                ZonedDateTime midnight = date.plusDays(1).atStartOfDay(zone);
                yield next.isBefore(midnight) ? next : midnight;
            }
            case DAY -> date.plusDays(amount).atStartOfDay(zone);
            case WEEK -> date.plusWeeks(amount).atStartOfDay(zone);
            case MONTH -> date.plusMonths(amount).atStartOfDay(zone);
            case YEAR -> date.plusYears(amount).atStartOfDay(zone);
            case WINDOW -> LAST_DAY.atStartOfDay(zone);
        };
    }

    @Override
    public String toString() {
        return unit == Unit.WINDOW ? unit.text : amount + unit.text;
    }
}
