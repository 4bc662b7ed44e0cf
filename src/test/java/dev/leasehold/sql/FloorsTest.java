package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FloorsTest {

    private static final Instant NOON = Instant.parse("2027-03-28T12:00:00Z");

    private final SettableClock clock = new SettableClock();
    private final Floors floors = new Floors(clock);

    @Test
    void aClaimBeginsAtTheLastRunThatWasTakenOfEachLane() {
        take(place(1, 0, 1), place(2, 5, 1), place(1, 0, 2));

        assertThat(begins()).containsExactlyInAnyOrder(place(1, 0, 2), place(2, 5, 1));
    }

    @Test
    void aRunThatComesBeforeTheFloorLowersItsLane() {
        take(place(1, 0, 2), place(2, 0, 2));

        floors.lower(List.of(place(1, 0, 3), place(1, 0, 1), place(2, 0, 3), place(3, 9, 1)));

        assertThat(begins()).containsExactlyInAnyOrder(place(1, 0, 1), place(2, 0, 2));
    }

    @Test
    void greaterPriorityComesBefore() {
        take(place(1, 0, 1));

        floors.lower(List.of(place(1, 7, 9)));

        assertThat(begins()).containsExactly(place(1, 7, 9));
    }

    @Test
    void whatComesWhileAClaimIsUnderWayIsNotPassedBy() {
        Floors.Look look = floors.look();
        look.took(List.of(place(1, 0, 5), place(2, 0, 5)), false);
        floors.lower(List.of(place(1, 0, 3), place(2, 0, 7)));
        floors.lower(List.of(place(1, 0, 4)));
        look.end(true);

        assertThat(begins()).containsExactlyInAnyOrder(place(1, 0, 3), place(2, 0, 5));
    }

    @Test
    void aClaimThatBeganBeforeEverythingWasForgottenRaisesNothing() {
        Floors.Look look = floors.look();
        look.took(List.of(place(1, 0, 5)), false);
        floors.forget();
        look.end(true);

        assertThat(begins()).isEmpty();
    }

    @Test
    void whatAClaimTookThatWasRolledBackIsThereAgain() {
        take(place(1, 0, 1));
        Floors.Look lost = floors.look();
        lost.took(List.of(place(1, 0, 2)), false);
        take(place(1, 0, 3));
        lost.end(false);

        assertThat(begins()).isEmpty();
    }

    @Test
    void theFrontIsReadEverySecondHoweverOftenTheFloorIsRaised() {
        take(place(1, 0, 1));
        clock.advance(Floors.LASTS.dividedBy(2));
        take(place(1, 0, 2));
        clock.advance(Floors.LASTS.dividedBy(2));
        assertThat(begins()).containsExactly(place(1, 0, 2));
        clock.advance(Duration.ofNanos(1000));

        assertThat(begins()).isEmpty();
    }

    @Test
    void aClaimThatOutlivesItsFloorDoesNotRenewIt() {
        take(place(1, 0, 1));
        clock.advance(Floors.LASTS);
        Floors.Look look = floors.look();
        clock.advance(Duration.ofMillis(20));
        floors.look().end(true);
        look.took(List.of(place(1, 0, 2)), false);
        look.end(true);

        assertThat(begins()).isEmpty();
    }

    @Test
    void whereManyRowsAreGoneTheFrontIsReadForATwentiethOfTheTime() {
        takeFromTheFront(Duration.ofMillis(200), true);
        clock.advance(Duration.ofMillis(3_800));
        take(place(1, 0, 2));
        assertThat(begins()).containsExactly(place(1, 0, 2));
        clock.advance(Duration.ofNanos(1000));

        assertThat(begins()).isEmpty();
    }

    @Test
    void whatOthersMadeReadyIsLookedForAtOnceUnlessManyRowsAreGone() {
        takeFromTheFront(Duration.ofMillis(200), false);
        floors.doubt();
        assertThat(begins()).isEmpty();

        takeFromTheFront(Duration.ofMillis(200), true);
        clock.advance(Duration.ofMillis(3_800).minusNanos(1000));
        floors.doubt();
        assertThat(begins()).containsExactly(place(1, 0, 1));
        clock.advance(Duration.ofNanos(1000));

        assertThat(begins()).isEmpty();
    }

    @Test
    void whatOthersTellMeanwhileIsLookedForAsSoonAsItIsWorthIt() {
        takeFromTheFront(Duration.ofMillis(10), true);
        clock.advance(Duration.ofMillis(90));
        floors.doubt();
        take(place(1, 0, 2));
        clock.advance(Duration.ofMillis(100).minusNanos(1000));
        assertThat(begins()).containsExactly(place(1, 0, 2));
        clock.advance(Duration.ofNanos(1000));

        assertThat(begins()).isEmpty();
    }

    @Test
    void aClaimThatBeganAtAFloorThatWasGivenUpDoesNotBringItBack() {
        take(place(1, 0, 1));
        Floors.Look look = floors.look();
        look.took(List.of(place(1, 0, 2)), false);
        floors.doubt();
        look.end(true);

        assertThat(begins()).isEmpty();
    }

    @Test
    void aClaimThatBeganAtAnEarlierFloorDoesNotRaiseThatOfALaterLookAtTheFront() {
        take(place(1, 0, 5));
        Floors.Look early = floors.look();
        early.took(List.of(place(1, 0, 9)), false);
        clock.advance(Floors.LASTS.plusNanos(1000));
        take(place(1, 0, 2));
        early.end(true);

        assertThat(begins()).containsExactly(place(1, 0, 2));
    }

    @Test
    void onlyWhatAFrontCostsMoreThanOtherClaimsCounts() {
        for (int i = 0; i < 200; i++) {
            Floors.Look look = floors.look();
            clock.advance(Duration.ofMillis(80));
            look.took(List.of(place(1, 0, i + 1)), true);
            look.end(true);
        }
        takeFromTheFront(Duration.ofMillis(80), true);
        clock.advance(Duration.ofMillis(1));
        floors.doubt();

        assertThat(begins()).isEmpty();
    }

    @Test
    void whatOthersMadeReadyDuringAClaimIsNotPassedByUnlessManyRowsAreGone() {
        Floors.Look look = floors.look();
        look.took(List.of(place(1, 0, 5)), false);
        floors.doubt();
        look.end(true);
        assertThat(begins()).isEmpty();

        Floors.Look slow = floors.look();
        clock.advance(Duration.ofMillis(200));
        slow.took(List.of(place(1, 0, 5)), true);
        floors.doubt();
        slow.end(true);

        assertThat(begins()).containsExactly(place(1, 0, 5));
    }

    private void takeFromTheFront(Duration elapsed, boolean worn) {
        floors.forget();
        Floors.Look look = floors.look();
        clock.advance(elapsed);
        look.took(List.of(place(1, 0, 1)), worn);
        look.end(true);
    }

    @Test
    void aPlaceIsInWholeMicrosecondsAsRowsAre() {
        LanePlace exact = new LanePlace(1, 0, NOON.plusNanos(1999), new UUID(0, 1));

        assertThat(exact).isEqualTo(new LanePlace(1, 0, NOON.plusNanos(1000), new UUID(0, 1)));
    }

    private void take(LanePlace... places) {
        Floors.Look look = floors.look();
        look.took(List.of(places), false);
        look.end(true);
    }

    private List<LanePlace> begins() {
        Floors.Look look = floors.look();
        look.end(true);
        return look.places();
    }

    private static LanePlace place(long lane, int priority, int minute) {
        return new LanePlace(lane, priority, NOON.plusSeconds(60L * minute), new UUID(0, minute));
    }
}
