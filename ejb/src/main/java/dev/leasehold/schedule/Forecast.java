package dev.leasehold.schedule;

import dev.leasehold.api.Cron;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a policy would do.
 *
 * @param instants the next ones, in order
 * @param findings what its author may not have meant
 */
public record Forecast(List<Firing> instants, List<Finding> findings) {

    /**
     * An instant.
     *
     * @param at when
     * @param local the same in the policy's zone
     * @param dst {@code forward} or {@code back} on a day on which the clocks of that zone are changed so
     */
    public record Firing(Instant at, OffsetDateTime local, Optional<String> dst) {}

    /**
     * What is worth a second look.
     *
     * @param code one word of a few
     * @param message the same as a sentence
     */
    public record Finding(String code, String message) {}

    /**
     * Looks ahead.
     *
     * @param from the earliest instant; the second that it lies in counts
     * @param most how many instants at most
     * @throws InvalidCron when the expression or the time zone cannot be read
     */
    public static Forecast of(Cron cron, Instant from, int most) {
        Recurrence recurrence = Recurrence.of(cron);
        int limit = cron.maxOccurrences() == null ? most : Math.min(most, cron.maxOccurrences());
        List<Firing> instants = new ArrayList<>();
        Optional<Instant> next = recurrence.from(from.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        while (next.isPresent() && instants.size() < limit) {
            instants.add(firing(recurrence, next.get()));
            next = recurrence.after(next.get());
        }
        return new Forecast(List.copyOf(instants), new Lint(cron, recurrence, from).findings());
    }

    private static Firing firing(Recurrence recurrence, Instant at) {
        return new Firing(at, at.atZone(recurrence.zone()).toOffsetDateTime(), change(recurrence, at));
    }

    private static Optional<String> change(Recurrence recurrence, Instant at) {
        ZoneRules rules = recurrence.zone().getRules();
        Instant midnight = at.atZone(recurrence.zone())
                .toLocalDate()
                .atStartOfDay(recurrence.zone())
                .toInstant();
        Instant end = at.atZone(recurrence.zone())
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(recurrence.zone())
                .toInstant();
        ZoneOffsetTransition change = rules.nextTransition(midnight.minusNanos(1));
        return change == null || !change.getInstant().isBefore(end)
                ? Optional.empty()
                : Optional.of(change.isGap() ? "forward" : "back");
    }
}
