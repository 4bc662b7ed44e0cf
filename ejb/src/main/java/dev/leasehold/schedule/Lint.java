package dev.leasehold.schedule;

import dev.leasehold.api.Cron;
import dev.leasehold.schedule.Forecast.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds what the author of an expression may not have meant. */
final class Lint {

    private static final Duration AHEAD = Duration.ofDays(366);

    private final Cron cron;
    private final Recurrence recurrence;
    private final CronFields fields;
    private final Instant from;
    private final List<Finding> findings = new ArrayList<>();

    Lint(Cron cron, Recurrence recurrence, Instant from) {
        this.cron = cron;
        this.recurrence = recurrence;
        this.fields = recurrence.fields();
        this.from = from;
    }

    List<Finding> findings() {
        if (recurrence.from(from).isEmpty()) {
            add("never_fires", "never fires");
            return findings;
        }
        CronFields.Days days = fields.days();
        if (!days.anyOfMonth() && !days.anyOfWeek()) {
            add("either_day", "fires when the day of the month or the day of the week fits, not only when both do");
        } else if (!days.anyOfMonth()) {
            skippedMonths(days);
        }
        if (!fields.hourly()) {
            clockChanges();
        }
        return findings;
    }

    private void skippedMonths(CronFields.Days days) {
        int earliest = days.ofMonth().nextSetBit(1);
        long skipped = IntStream.rangeClosed(1, 12)
                .filter(days.months()::get)
                .filter(month -> Month.of(month).minLength() < earliest)
                .count();
        if (skipped > 0) {
            add("skips_months", ordinal(earliest) + " skips " + skipped + (skipped == 1 ? " month" : " months"));
        }
    }

    /** 29 to 31 are the only ones that a month can lack. */
    private static String ordinal(int day) {
        return day == 31 ? "31st" : day + "th";
    }

    private void clockChanges() {
        ZoneOffsetTransition change = recurrence.zone().getRules().nextTransition(from);
        while (change != null && change.getInstant().isBefore(from.plus(AHEAD))) {
            clockChange(change);
            change = recurrence.zone().getRules().nextTransition(change.getInstant());
        }
    }

    private void clockChange(ZoneOffsetTransition change) {
        LocalDateTime earlier = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
        LocalDateTime later = change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore();
        LocalDateTime named = fields.from(earlier, later);
        if (named == null) {
            return;
        }
        if (!change.isGap()) {
            twice(named);
        } else if (cron.dstGap() == Cron.Gap.SKIP) {
            add("dst_skipped", "does not fire on " + named.toLocalDate() + ": " + named.toLocalTime() + " is skipped");
        } else {
            LocalDateTime shifted = named.plus(change.getDuration());
            add(
                    "dst_shifted",
                    "fires at " + shifted.toLocalTime() + " on " + named.toLocalDate() + ": " + named.toLocalTime()
                            + " is skipped");
        }
    }

    private void twice(@Nullable LocalDateTime named) {
        if (named != null && cron.dstOverlap() == Cron.TwiceGiven.BOTH) {
            add("fires_twice", "fires twice on " + named.toLocalDate() + ": " + named.toLocalTime() + " comes twice");
        }
    }

    /** Of each kind the first: next year's change of the clocks is like this year's. */
    private void add(String code, String message) {
        if (findings.stream().noneMatch(found -> found.code().equals(code))) {
            findings.add(new Finding(code, message));
        }
    }
}
