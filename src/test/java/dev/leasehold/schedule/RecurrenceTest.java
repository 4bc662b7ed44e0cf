package dev.leasehold.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.api.Cron;
import dev.leasehold.api.Cron.Gap;
import dev.leasehold.api.Cron.TwiceGiven;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Instants of expressions, most of all on the days on which the clocks change. More random ones than usual:
 * {@code -Dleasehold.random-policies=3000}.
 */
class RecurrenceTest {

    private static final int POLICIES = Integer.getInteger("leasehold.random-policies", 300);

    private static final Map<String, List<String>> DAYS_BEFORE_CHANGES = Map.of(
            "Europe/Vienna", List.of("2027-03-27", "2027-10-30"),
            "America/New_York", List.of("2027-03-13", "2027-11-06"),
            "Australia/Lord_Howe", List.of("2027-10-02", "2027-04-03"),
            "Asia/Kolkata", List.of("2027-03-27"),
            "Antarctica/Troll", List.of("2024-03-30", "2024-10-26"),
            "America/Havana", List.of("2024-03-09", "2024-11-02"),
            "America/Nuuk", List.of("2024-03-30", "2024-10-26"),
            "Pacific/Apia", List.of("2011-12-29", "2012-03-31"),
            "Europe/Lisbon", List.of("1992-09-26", "1996-03-30"));

    private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("HH:mmxxx");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # every form of the weekday, seen from Thursday 2026-01-01
            0 9 * * 0            | 2026-01-04T09:00:00Z
            0 9 * * 7            | 2026-01-04T09:00:00Z
            0 9 * * SUN          | 2026-01-04T09:00:00Z
            0 0 9 * * 0          | 2026-01-04T09:00:00Z
            0 0 9 * * 7          | 2026-01-04T09:00:00Z
            0 0 9 * * sun        | 2026-01-04T09:00:00Z
            0 9 * * 1            | 2026-01-05T09:00:00Z
            0 0 9 * * MON        | 2026-01-05T09:00:00Z
            0 9 * * 6-7          | 2026-01-03T09:00:00Z
            0 9 * * SAT-SUN      | 2026-01-03T09:00:00Z
            0 9 * * 6-1          | 2026-01-03T09:00:00Z
            0 9 2-31 * 0-7       | 2026-01-01T09:00:00Z
            0 9 * * 0-7          | 2026-01-01T09:00:00Z
            0 9 * * SUN-TUE      | 2026-01-04T09:00:00Z
            0 9 * * SUN,MON      | 2026-01-04T09:00:00Z
            0 9 * * 1-7          | 2026-01-01T09:00:00Z
            0 9 * * */2          | 2026-01-01T09:00:00Z
            0 9 ? * MON-WED      | 2026-01-05T09:00:00Z
            0 9 15 * ?           | 2026-01-15T09:00:00Z
            # the other fields
            @yearly              | 2026-01-01T00:00:00Z
            @monthly             | 2026-01-01T00:00:00Z
            @weekly              | 2026-01-04T00:00:00Z
            @daily               | 2026-01-01T00:00:00Z
            @HOURLY              | 2026-01-01T00:00:00Z
            * * * * *            | 2026-01-01T00:00:00Z
            * * * * * *          | 2026-01-01T00:00:00Z
            5 * * * * *          | 2026-01-01T00:00:05Z
            30/10 * * * * *      | 2026-01-01T00:00:30Z
            0 7/20 5-6 * * *     | 2026-01-01T05:07:00Z
            0 0 29 2 *           | 2028-02-29T00:00:00Z
            0 0 1 JUL *          | 2026-07-01T00:00:00Z
            0 0 13 * FRI         | 2026-01-02T00:00:00Z
            """)
    void anExpressionHasAFirstInstant(String expression, Instant first) {
        assertThat(Recurrence.of(Cron.of(expression)).from(YEAR)).contains(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "* * * *",
                "0 0 9 * * MON-FRI 2030",
                "* * * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 13 *",
                "* * * * 8",
                "* * L * *",
                "* * 1W * *",
                "* * * * 5#2",
                "* * * * 5L",
                "*/0 * * * *",
                "5-1 * * * *",
                "? * * * *",
                "1,,2 * * * *",
                "a * * * *",
                "-1 * * * *",
                "@midnight",
                "@reboot",
                "* * * FOO *",
                "* * * * MON-",
                "1e1 * * * *",
                "* * * * * *|* * * * * *",
                "* * * * *||"
            })
    void whatIsNoExpressionIsRefusedInTheReferencesWords(String expression) {
        InvalidCron refusal = catchThrowableOfType(InvalidCron.class, () -> Recurrence.of(Cron.of(expression)));

        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo("invalid cron policy: Invalid expression: Invalid cron expression.");
        assertThat(refusal.field()).isEqualTo("expression");
    }

    @Test
    void theSecondThatAnInstantLiesInCounts() {
        Recurrence each = Recurrence.of(Cron.of("* * * * * *"));

        assertThat(each.from(Instant.ofEpochSecond(1000))).contains(Instant.ofEpochSecond(1000));
        assertThat(each.after(Instant.ofEpochSecond(1000))).contains(Instant.ofEpochSecond(1001));
        assertThat(each.from(Instant.ofEpochSecond(1000, 1))).contains(Instant.ofEpochSecond(1001));
        assertThat(each.after(Instant.ofEpochSecond(1000, 1))).contains(Instant.ofEpochSecond(1001));
    }

    @Test
    void whatNeverFiresOrOnlyInMoreThanFiveYearsIsRefused() {
        assertThatThrownBy(() -> first("0 0 31 2 *", YEAR)).hasMessageContaining("never fires");
        assertThatThrownBy(() -> first("0 0 30 2 *", YEAR)).hasMessageContaining("never fires");
        assertThatThrownBy(() -> first("0 0 29 2 *", Instant.parse("2097-01-01T00:00:00Z")))
                .hasMessageContaining("more than 5 years");
        Instant origin = Instant.parse("2031-01-01T00:00:01Z");
        assertThatThrownBy(() -> Recurrence.of(Cron.of("@daily")).first(origin, YEAR))
                .hasMessageContaining("more than 5 years");
        first("0 0 29 2 *", Instant.parse("2093-01-01T00:00:00Z"));
        Recurrence.of(Cron.of("@daily")).first(Instant.parse("2030-12-31T12:00:00Z"), YEAR);
    }

    private static void first(String expression, Instant now) {
        Recurrence.of(Cron.of(expression)).first(now, now);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Vienna", "+02:00", "UTC+1", "GMT+1", "Z", "europe/vienna", "Europe/Vienna "})
    void aZoneHasItsNameInTheIanaDatabase(String zone) {
        assertThatThrownBy(() -> Recurrence.of(Cron.of("@daily").in(zone))).isInstanceOf(InvalidCron.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # the clocks go forward at 02:00 to 03:00
            Europe/Vienna       | 2027-03-28 | 30 2 * * *       | SHIFT FIRST | 03:30+02:00
            Europe/Vienna       | 2027-03-28 | 30 2 * * *       | SKIP FIRST  |
            Europe/Vienna       | 2027-03-28 | 30 2,3 * * *     | SHIFT FIRST | 03:30+02:00
            Europe/Vienna       | 2027-03-28 | 0,45 2-3 * * *   | SHIFT FIRST | 03:00+02:00 03:45+02:00
            Europe/Vienna       | 2027-03-28 | 15,45 2 * * *    | SHIFT FIRST | 03:15+02:00 03:45+02:00
            Europe/Vienna       | 2027-03-28 | 30 1-3 * * *     | SKIP FIRST  | 01:30+01:00 03:30+02:00
            Europe/Vienna       | 2027-03-28 | 0 */2 * * *      | SHIFT FIRST | 00:00+01:00 04:00+02:00 06:00+02:00 08:00+02:00 10:00+02:00 12:00+02:00 14:00+02:00 16:00+02:00 18:00+02:00 20:00+02:00 22:00+02:00
            # and back at 03:00 to 02:00
            Europe/Vienna       | 2027-10-31 | 30 2 * * *       | SHIFT FIRST | 02:30+02:00
            Europe/Vienna       | 2027-10-31 | 30 2 * * *       | SKIP BOTH   | 02:30+02:00 02:30+01:00
            Europe/Vienna       | 2027-10-31 | 0,30 2-3 * * *   | SHIFT BOTH  | 02:00+02:00 02:30+02:00 02:00+01:00 02:30+01:00 03:00+01:00 03:30+01:00
            Europe/Vienna       | 2027-10-31 | 0,30 2-3 * * *   | SHIFT FIRST | 02:00+02:00 02:30+02:00 03:00+01:00 03:30+01:00
            Europe/Vienna       | 2027-10-31 | 30 1-3/1 * * *   | SHIFT FIRST | 01:30+02:00 02:30+02:00 02:30+01:00 03:30+01:00
            Europe/Vienna       | 2027-10-31 | 30 1-3,*/23 * * * | SHIFT FIRST | 00:30+02:00 01:30+02:00 02:30+02:00 02:30+01:00 03:30+01:00 23:30+01:00
            America/New_York    | 2027-03-14 | 30 2 * * *       | SHIFT FIRST | 03:30-04:00
            America/New_York    | 2027-03-14 | 30 2 * * *       | SKIP BOTH   |
            America/New_York    | 2027-11-07 | 30 1 * * *       | SHIFT FIRST | 01:30-04:00
            America/New_York    | 2027-11-07 | 30 1 * * *       | SHIFT BOTH  | 01:30-04:00 01:30-05:00
            # half an hour
            Australia/Lord_Howe | 2027-10-03 | 15 2 * * *       | SHIFT FIRST | 02:45+11:00
            Australia/Lord_Howe | 2027-10-03 | 15 2 * * *       | SKIP FIRST  |
            Australia/Lord_Howe | 2027-10-03 | 15,45 2 * * *    | SHIFT FIRST | 02:45+11:00
            Australia/Lord_Howe | 2027-04-04 | 45 1 * * *       | SHIFT FIRST | 01:45+11:00
            Australia/Lord_Howe | 2027-04-04 | 45 1 * * *       | SHIFT BOTH  | 01:45+11:00 01:45+10:30
            Australia/Lord_Howe | 2027-04-04 | 15 1 * * *       | SHIFT BOTH  | 01:15+11:00
            # never
            Asia/Kolkata        | 2027-03-28 | 30 2 * * *       | SHIFT BOTH  | 02:30+05:30
            Asia/Kolkata        | 2027-10-31 | 30 2 * * *       | SKIP FIRST  | 02:30+05:30
            """)
    void onTheDaysOfTheChange(String zone, String day, String expression, String rules, String instants) {
        String[] both = rules.split(" +", -1);
        Recurrence recurrence = Recurrence.of(
                Cron.of(expression).in(zone).onClockChange(Gap.valueOf(both[0]), TwiceGiven.valueOf(both[1])));
        ZonedDateTime begin = ZonedDateTime.of(java.time.LocalDate.parse(day).atStartOfDay(), ZoneId.of(zone));

        List<String> found = all(
                        recurrence, begin.toInstant(), begin.plusDays(1).toInstant())
                .stream()
                .map(at -> SHOWN.format(at.atZone(ZoneId.of(zone))))
                .toList();

        assertThat(String.join(" ", found)).isEqualTo(instants == null ? "" : instants);
    }

    @Test
    void eachHourIsAnHourAfterTheOneBeforeIt() {
        Recurrence hourly = Recurrence.of(Cron.of("30 * * * *").in("Europe/Vienna"));

        List<Instant> found = all(hourly, YEAR, YEAR.plus(Duration.ofDays(365)));

        assertThat(found).hasSize(365 * 24);
        for (int i = 1; i < found.size(); i++) {
            assertThat(Duration.between(found.get(i - 1), found.get(i))).isEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    void theInstantsAreThoseThatASlowSearchFinds() {
        Random random = new Random(20270328);
        List<String> zones = DAYS_BEFORE_CHANGES.keySet().stream().sorted().toList();
        for (int i = 0; i < POLICIES; i++) {
            String zone = pick(random, zones);
            Cron cron = Cron.of(expression(random))
                    .in(zone)
                    .onClockChange(pick(random, List.of(Gap.values())), pick(random, List.of(TwiceGiven.values())));
            Instant from = Instant.parse(pick(random, DAYS_BEFORE_CHANGES.get(zone)) + "T00:00:00Z")
                    .plus(Duration.ofMinutes(random.nextInt(1500)));
            Instant end = from.plus(Duration.ofDays(2));

            List<Instant> expected = new SlowReference(cron).between(from, end);
            assertThat(all(Recurrence.of(cron), from, end))
                    .as("%s from %s", cron, from)
                    .isEqualTo(expected);
            Instant middle = from.plusSeconds(random.nextInt(3 * 86_400)).plusMillis(random.nextInt(2));
            assertThat(Recurrence.of(cron).count(from, middle))
                    .as("%s from %s to %s", cron, from, middle)
                    .isEqualTo(new SlowReference(cron).between(from, middle).size());
        }
    }

    @Test
    void manyYearsOfSecondsAreCounted() {
        Instant end = Instant.parse("2027-01-01T00:00:00Z");

        assertThat(Recurrence.of(Cron.of("* * * * * *").in("Europe/Vienna")).count(Instant.EPOCH, end))
                .isEqualTo(end.getEpochSecond());
        assertThat(Recurrence.of(Cron.of("0 0 29 2 *")).count(Instant.EPOCH, end))
                .isEqualTo(14);
        assertThat(Recurrence.of(Cron.of("* * * * *")).count(end, Instant.EPOCH))
                .isZero();
    }

    private static String expression(Random random) {
        String seconds = random.nextInt(20) == 0 ? pick(random, List.of("*/20 ", "7,50 ", "58-59 ")) : "";
        return seconds
                + pick(random, List.of("0", "30", "*/15", "15,45", "10-40/10", "*", "59", "5/25"))
                + " "
                + pick(random, List.of("*", "2", "1,2", "1-3", "*/2", "0-6/3", "2,3", "1", "0", "3,*/5", "23", "0-23"))
                + " "
                + pick(random, List.of("*", "*", "*", "28", "31,14", "7-30/3", "*/2", "1"))
                + " "
                + pick(random, List.of("*", "*", "*", "3,10", "4-11", "*/2"))
                + " "
                + pick(random, List.of("*", "*", "*", "0", "7", "6-7", "1-5", "0-7", "*/3", "2,7"));
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static List<Instant> all(Recurrence recurrence, Instant from, Instant end) {
        List<Instant> found = new ArrayList<>();
        recurrence.from(from).filter(end::isAfter).ifPresent(found::add);
        while (!found.isEmpty()) {
            Instant next = recurrence.after(found.get(found.size() - 1)).orElse(end);
            if (!next.isBefore(end)) {
                return found;
            }
            found.add(next);
        }
        return found;
    }
}
