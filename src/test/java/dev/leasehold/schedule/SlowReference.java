package dev.leasehold.schedule;

import dev.leasehold.api.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The instants of an expression, found by looking at every second, or at every local second: slow, and by other means. */
final class SlowReference {

    private final String[] fields;
    private final ZoneRules rules;
    private final Cron cron;
    private final Duration step;

    SlowReference(Cron cron) {
        String expression = cron.expression();
        int given = expression.split(" ", -1).length;
        this.fields = (given == 5 ? "0 " + expression : expression).split(" ", -1);
        this.rules =
                ZoneId.of(cron.timeZone() == null ? "UTC" : cron.timeZone()).getRules();
        this.cron = cron;
        this.step = fields[0].equals("0") ? Duration.ofMinutes(1) : Duration.ofSeconds(1);
    }

    List<Instant> between(Instant from, Instant end) {
        boolean elapsed = fields[2].contains("*") || fields[2].contains("/");
        return elapsed ? byInstant(from, end) : byLocalTime(from, end);
    }

    private List<Instant> byInstant(Instant from, Instant end) {
        List<Instant> found = new ArrayList<>();
        for (Instant at = from; at.isBefore(end); at = at.plus(step)) {
            if (names(LocalDateTime.ofInstant(at, rules.getOffset(at)))) {
                found.add(at);
            }
        }
        return found;
    }

    private List<Instant> byLocalTime(Instant from, Instant end) {
        SortedSet<Instant> found = new TreeSet<>();
        LocalDateTime last = LocalDateTime.ofInstant(end, ZoneOffset.UTC).plusDays(2);
        for (LocalDateTime local = LocalDateTime.ofInstant(from, ZoneOffset.UTC).minusDays(2);
                local.isBefore(last);
                local = local.plus(step)) {
            if (names(local)) {
                found.addAll(instants(local));
            }
        }
        return List.copyOf(found.subSet(from, end));
    }

    private List<Instant> instants(LocalDateTime local) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.isEmpty()) {
            ZoneOffsetTransition gap = rules.getTransition(local);
            return cron.dstGap() == Cron.Gap.SKIP
                    ? List.of()
                    : List.of(local.plus(gap.getDuration()).toInstant(gap.getOffsetAfter()));
        }
        int times = cron.dstOverlap() == Cron.TwiceGiven.BOTH ? offsets.size() : 1;
        return offsets.subList(0, times).stream().map(local::toInstant).toList();
    }

    private boolean names(LocalDateTime local) {
        return has(fields[0], local.getSecond(), 59)
                && has(fields[1], local.getMinute(), 59)
                && has(fields[2], local.getHour(), 23)
                && has(fields[4], local.getMonthValue(), 12)
                && namesDay(local);
    }

    private boolean namesDay(LocalDateTime local) {
        int week = local.getDayOfWeek().getValue() % 7;
        boolean dayOfMonth = has(fields[3], local.getDayOfMonth(), 31);
        boolean dayOfWeek = has(fields[5], week, 6) || (week == 0 && has(fields[5], 7, 7));
        boolean open = fields[3].equals("*") || fields[5].equals("*");
        return open ? dayOfMonth && dayOfWeek : dayOfMonth || dayOfWeek;
    }

    /** Numbers, {@code *}, ranges, steps of them, and lists of all these. */
    private static boolean has(String field, int value, int most) {
        return Arrays.stream(field.split(",", -1)).anyMatch(part -> partHas(part.split("/", -1), value, most));
    }

    private static boolean partHas(String[] stepped, int value, int most) {
        boolean fromOne = most == 31 || most == 12;
        String all = stepped[0].replace("*", (fromOne ? "1-" : "0-") + most);
        String[] range = all.split("-", -1);
        int from = Integer.parseInt(range[0]);
        int open = stepped.length > 1 ? most : from;
        int to = range.length > 1 ? Integer.parseInt(range[1]) : open;
        int every = stepped.length > 1 ? Integer.parseInt(stepped[1]) : 1;
        return value >= from && value <= to && (value - from) % every == 0;
    }
}
