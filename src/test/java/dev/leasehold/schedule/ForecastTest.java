package dev.leasehold.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Cron;
import dev.leasehold.api.Cron.Gap;
import dev.leasehold.api.Cron.TwiceGiven;
import dev.leasehold.schedule.Forecast.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

    private static final Instant NEW_YEAR = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    void theNextInstantsSayOnWhichDaysTheClocksChange() {
        Cron cron = Cron.of("30 2 * * *").in("Europe/Vienna");

        List<Forecast.Firing> spring =
                Forecast.of(cron, Instant.parse("2027-03-27T00:00:00Z"), 3).instants();
        List<Forecast.Firing> autumn =
                Forecast.of(cron, Instant.parse("2027-10-30T12:00:00Z"), 2).instants();

        assertThat(spring)
                .extracting(one -> one.local().toString())
                .containsExactly("2027-03-27T02:30+01:00", "2027-03-28T03:30+02:00", "2027-03-29T02:30+02:00");
        assertThat(spring)
                .extracting(Forecast.Firing::dst)
                .containsExactly(Optional.empty(), Optional.of("forward"), Optional.empty());
        assertThat(autumn).extracting(Forecast.Firing::dst).containsExactly(Optional.of("back"), Optional.empty());
        assertThat(spring.get(0).at()).isEqualTo(Instant.parse("2027-03-27T01:30:00Z"));
    }

    @Test
    void thereAreNoMoreThanThePolicyHas() {
        assertThat(Forecast.of(Cron.of("@daily").atMost(3), NEW_YEAR, 10).instants())
                .hasSize(3);
        assertThat(Forecast.of(Cron.of("@daily"), NEW_YEAR.plusMillis(900), 10).instants())
                .hasSize(10)
                .first()
                .extracting(Forecast.Firing::at)
                .isEqualTo(NEW_YEAR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 31 * *      | UTC | SHIFT FIRST | skips_months | 31st skips 5 months
            0 0 30,31 * *   | UTC | SHIFT FIRST | skips_months | 30th skips 1 month
            0 0 29 2 *      | UTC | SHIFT FIRST | skips_months | 29th skips 1 month
            0 0 31 4-6 *    | UTC | SHIFT FIRST | skips_months | 31st skips 2 months
            0 0 30 2 *      | UTC | SHIFT FIRST | never_fires  | never fires
            0 0 13 * FRI    | UTC | SHIFT FIRST | either_day   | fires when the day of the month or the day of the week fits, not only when both do
            30 2 * * *      | Europe/Vienna | SHIFT FIRST | dst_shifted | fires at 03:30 on 2027-03-28: 02:30 is skipped
            30 2 * * *      | Europe/Vienna | SKIP FIRST | dst_skipped | does not fire on 2027-03-28: 02:30 is skipped
            30 1 * * *      | America/New_York | SKIP BOTH | fires_twice | fires twice on 2027-11-07: 01:30 comes twice
            45 1 * * *      | Australia/Lord_Howe | SKIP BOTH | fires_twice | fires twice on 2027-04-04: 01:45 comes twice
            """)
    void whatItsAuthorMayNotHaveMeant(String expression, String zone, String rules, String code, String message) {
        String[] both = rules.split(" ", -1);
        Cron cron = Cron.of(expression).in(zone).onClockChange(Gap.valueOf(both[0]), TwiceGiven.valueOf(both[1]));

        assertThat(Forecast.of(cron, NEW_YEAR, 1).findings()).containsExactly(new Finding(code, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 9 * * *     | Europe/Vienna
            0 0 28 * *    | UTC
            0 0 1,31 * *  | UTC
            0 0 31 1,3 *  | UTC
            30 * * * *    | Europe/Vienna
            0 */2 * * *   | Europe/Vienna
            30 2 * * MON  | Europe/Vienna
            30 1 * * *    | America/New_York
            """)
    void mostHaveNothingOfTheKind(String expression, String zone) {
        assertThat(Forecast.of(Cron.of(expression).in(zone), NEW_YEAR, 1).findings())
                .isEmpty();
    }
}
