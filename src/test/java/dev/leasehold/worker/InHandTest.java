package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Backoff;
import dev.leasehold.database.SettableClock;
import dev.leasehold.sql.Claimed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InHandTest {

    private static final UUID RUN = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);

    private final InHand inHand = new InHand();

    @Test
    void aRunThatIsTakenAwayIsToldToStopAndNoOther() {
        inHand.take(List.of(claimed(RUN, 1), claimed(OTHER, 1)));

        inHand.stop(Map.of(RUN, 1L, new UUID(3, 3), 1L));

        assertThat(inHand.token(claimed(RUN, 1)).stopped()).isTrue();
        assertThat(inHand.token(claimed(OTHER, 1)).stopped()).isFalse();
    }

    @Test
    void aRunThatWasTakenAgainIsNotStoppedForTheLeaseThatEnded() {
        inHand.take(List.of(claimed(RUN, 2)));

        inHand.stop(Map.of(RUN, 1L));

        assertThat(inHand.token(claimed(RUN, 2)).stopped()).isFalse();
    }

    @Test
    void aLeaseThatIsGoneOrAnothersStopsItsAttempt() {
        inHand.take(List.of(claimed(RUN, 1), claimed(OTHER, 4)));
        inHand.stopOthers(Map.of(RUN, 1L, OTHER, 4L), Map.of(OTHER, 4L));
        assertThat(inHand.token(claimed(RUN, 1)).stopped()).isTrue();
        assertThat(inHand.token(claimed(OTHER, 4)).stopped()).isFalse();

        inHand.stopOthers(Map.of(OTHER, 4L), Map.of(OTHER, 5L));
        assertThat(inHand.token(claimed(OTHER, 4)).stopped()).isTrue();
    }

    @Test
    void aLeaseThatNobodyCanSeeYetIsNotMissed() {
        inHand.take(List.of(claimed(RUN, 1)));
        Map<UUID, Long> asked = inHand.fences();
        inHand.committed(List.of(claimed(RUN, 1)));

        inHand.stopOthers(asked, Map.of());

        assertThat(inHand.token(claimed(RUN, 1)).stopped()).isFalse();
        assertThat(inHand.fences()).containsOnly(Map.entry(RUN, 1L));
    }

    @Test
    void aRunThatIsInHandUnderANewLeaseIsNotStoppedForTheOldOne() {
        inHand.take(List.of(claimed(RUN, 2)));

        inHand.stopOthers(Map.of(RUN, 1L), Map.of());

        assertThat(inHand.token(claimed(RUN, 2)).stopped()).isFalse();
    }

    @Test
    void aNewLeaseOfTheSameRunStopsTheAttemptUnderTheOldOne() {
        inHand.take(List.of(claimed(RUN, 1)));
        Token old = inHand.token(claimed(RUN, 1));

        inHand.take(List.of(claimed(RUN, 2)));

        assertThat(old.stopped()).isTrue();
        assertThat(inHand.token(claimed(RUN, 1)).stopped()).isTrue();
        assertThat(inHand.token(claimed(RUN, 2)).stopped()).isFalse();
        inHand.letGo(RUN, 1);
        assertThat(inHand.has(RUN, 2)).isTrue();
        inHand.letGo(RUN, 2);
        assertThat(inHand.has(RUN, 2)).isFalse();
    }

    private static Claimed claimed(UUID run, long fence) {
        return new Claimed(
                run,
                run,
                "mail",
                "default",
                fence,
                SettableClock.START,
                1,
                0,
                5,
                Backoff.DEFAULT,
                null,
                "Pure",
                new Claimed.Keys(null, "HoldDuringRetry", null, null),
                Claimed.Labels.NONE,
                null,
                run,
                null,
                null,
                null);
    }
}
