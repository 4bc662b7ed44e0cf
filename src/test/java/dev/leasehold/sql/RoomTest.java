package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final UUID RUN = new UUID(1, 1);
    private static final Candidate CANDIDATE = new Candidate(
                    new Tip(new UUID(0, 0), RUN, 1, 1, Instant.EPOCH),
                    RUN,
                    0,
                    Instant.EPOCH,
                    0,
                    0,
                    true,
                    Candidate.Needs.UNKNOWN)
            .needing(new Candidate.Needs(List.of(7L), null, 0));

    @Test
    void whoKeptAPermitIsAdmittedUnderItsLockAlthoughItIsFull() {
        PermitRow full = new PermitRow(7, PermitScope.KEY, "K", 1, 1, 1, null, false);

        assertThat(new Room(List.of(full), Set.of(new Room.Hold(RUN, 7))).admit(CANDIDATE))
                .isEqualTo(new Room.Place(true, List.of(), List.of(7L), null));
    }

    @Test
    void whoKeptAPermitThatSomebodyElseHasLockedComesAgain() {
        assertThat(new Room(List.of(), Set.of(new Room.Hold(RUN, 7))).admit(CANDIDATE))
                .isEqualTo(new Room.Place(false, List.of(), List.of(), null));
    }
}
