package dev.leasehold.schedule;

import dev.leasehold.api.Cron;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instants of a cron policy, whole seconds, each once. Time is walked in stretches of one offset from UTC. Within one
 * an instant fires when its local time is named. Where the hour is fixed two things are different: what the clocks
 * skipped fires in the stretch that follows, as if they had not been changed; and what comes a second time fires only
 * when that is asked for (decisions 6).
 */
public final class Recurrence {

    /** How far ahead instants are looked for: beyond the eight years that part some 29ths of February. */
    private static final Duration HORIZON = Duration.ofDays(3660);

    private static final int FIRST_WITHIN_YEARS = 5;

    private static final String UTC = "UTC";

    private final CronFields fields;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final boolean shift;
    private final boolean both;

    private Recurrence(CronFields fields, ZoneId zone, boolean shift, boolean both) {
        this.fields = fields;
        this.zone = zone;
        this.rules = zone.getRules();
        this.shift = shift && !fields.hourly();
        this.both = both || fields.hourly();
    }

    /**
     * Reads what a policy says of instants.
     *
     * @throws InvalidCron when its expression or its time zone cannot be read
     */
    public static Recurrence of(Cron cron) {
        return new Recurrence(
                CronText.read(cron.expression()),
                zone(cron.timeZone() == null ? UTC : cron.timeZone()),
                cron.dstGap() != Cron.Gap.SKIP,
                cron.dstOverlap() == Cron.TwiceGiven.BOTH);
    }

    private static ZoneId zone(String name) {
        try {
            if (name.equals(UTC) || ZoneId.getAvailableZoneIds().contains(name)) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException e) {
            throw unknownZone();
        }
        throw unknownZone();
    }

    private static InvalidCron unknownZone() {
        return new InvalidCron(
                "time_zone", "invalid cron policy: time_zone must be a name of the IANA time zone database");
    }

    /**
     * The first instant of all.
     *
     * @param origin its earliest instant; the second that it lies in counts
     * @param now what five years are counted from
     * @throws InvalidCron when there is none, or none within five years
     */
    public Instant first(Instant origin, Instant now) {
        Optional<Instant> first = from(origin.truncatedTo(ChronoUnit.SECONDS));
        if (first.isEmpty()) {
            throw new InvalidCron("expression", "invalid cron policy: the expression never fires");
        }
        if (first.get()
                .isAfter(now.atOffset(ZoneOffset.UTC)
                        .plusYears(FIRST_WITHIN_YEARS)
                        .toInstant())) {
            throw new InvalidCron("expression", "invalid cron policy: the first instant is more than 5 years away");
        }
        return first.get();
    }

    /** The first instant that is later. */
    public Optional<Instant> after(Instant instant) {
        return from(instant.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    }

    /** The first instant that is not earlier; none when there is none within ten years. */
    public Optional<Instant> from(Instant earliest) {
        Instant at = whole(earliest);
        Instant end = at.plus(HORIZON);
        while (at.isBefore(end)) {
            Instant stop = stop(at, end);
            Instant found = within(at, stop);
            if (found != null) {
                return Optional.of(found);
            }
            at = stop;
        }
        return Optional.empty();
    }

    /** How many instants there are from one on, before another: counted by days, however many they are. */
    public long count(Instant from, Instant end) {
        Instant at = whole(from);
        Instant last = whole(end);
        long count = 0;
        while (at.isBefore(last)) {
            Instant stop = stop(at, last);
            count += countWithin(at, stop);
            at = stop;
        }
        return count;
    }

    private static Instant whole(Instant instant) {
        Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
        return second.isBefore(instant) ? second.plusSeconds(1) : second;
    }

    /** Where the stretch of one offset ends that an instant lies in. */
    private Instant stop(Instant at, Instant end) {
        ZoneOffsetTransition next = rules.nextTransition(at);
        return next == null || next.getInstant().isAfter(end) ? end : next.getInstant();
    }

    /** Where what was skipped comes in between, one by one. */
    private long countWithin(Instant at, Instant stop) {
        ZoneOffsetTransition begin = rules.previousTransition(at.plusNanos(1));
        long count = 0;
        Instant plain = at;
        if (shift && begin != null && begin.isGap()) {
            Instant shifted = begin.getInstant().plus(begin.getDuration());
            Instant near = shifted.isBefore(stop) ? shifted : stop;
            while (plain.isBefore(near)) {
                Instant found = within(plain, near);
                count += found == null ? 0 : 1;
                plain = found == null ? near : found.plusSeconds(1);
            }
        }
        ZoneOffset offset = rules.getOffset(at);
        return count + fields.count(local(plain, offset, begin), LocalDateTime.ofInstant(stop, offset));
    }

    /** Where the local time is looked at. */
    public ZoneId zone() {
        return zone;
    }

    CronFields fields() {
        return fields;
    }

    /** The first instant of a stretch of one offset. */
    private @Nullable Instant within(Instant at, Instant stop) {
        ZoneOffsetTransition begin = rules.previousTransition(at.plusNanos(1));
        Instant plain = plain(at, stop, begin);
        Instant shifted = shift && begin != null && begin.isGap() ? shifted(at, begin) : null;
        return shifted != null && shifted.isBefore(plain == null ? stop : plain) ? shifted : plain;
    }

    private @Nullable Instant plain(Instant at, Instant stop, @Nullable ZoneOffsetTransition begin) {
        ZoneOffset offset = rules.getOffset(at);
        LocalDateTime found = fields.from(local(at, offset, begin), LocalDateTime.ofInstant(stop, offset));
        return found == null ? null : found.toInstant(offset);
    }

    /** The local time, or the first one behind those that come again and do not count again. */
    private LocalDateTime local(Instant at, ZoneOffset offset, @Nullable ZoneOffsetTransition begin) {
        LocalDateTime local = LocalDateTime.ofInstant(at, offset);
        if (!both && begin != null && begin.isOverlap() && local.isBefore(begin.getDateTimeBefore())) {
            return begin.getDateTimeBefore();
        }
        return local;
    }

    /** The first of the local times that the clocks skipped, at the old offset. */
    private @Nullable Instant shifted(Instant at, ZoneOffsetTransition gap) {
        ZoneOffset old = gap.getOffsetBefore();
        LocalDateTime from = LocalDateTime.ofInstant(at, old);
        LocalDateTime found = from.isBefore(gap.getDateTimeAfter()) ? fields.from(from, gap.getDateTimeAfter()) : null;
        return found == null ? null : found.toInstant(old);
    }
}
