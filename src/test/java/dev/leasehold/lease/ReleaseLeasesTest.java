package dev.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.run.RunEvent;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ReleaseLeasesTest {

    private final Fixture queue;

    ReleaseLeasesTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aRunThatIsGivenBackIsReadyAndUsedNoAttempt() {
        UUID run = queue.run(NewTask.of("mail").priority(4));
        queue.lease(1, "mail");

        assertThat(queue.release(new HeldLease("w", run, 1)).get(0).refusal()).isNull();

        assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
        assertThat(queue.row(run).attemptsStarted()).isZero();
        assertThat(queue.row(run).priority()).isEqualTo(4);
        assertThat(queue.leaseOf(run)).isEmpty();
        RunEvent last = queue.events(run).get(2);
        assertThat(last.type()).isEqualTo("lease.released");
        assertThat(last.steps()).containsExactly(new Step(RunState.LEASED, RunState.READY));
        assertThat(last.fence()).isEqualTo(1);
        assertThat(queue.claim(1, "mail")).extracting(Claimed::fence).containsExactly(2L);
    }

    @Test
    void anAttemptThatIsUnderWayCannotBeGivenBack() {
        UUID run = queue.run(NewTask.of("mail"));
        queue.claim(1, "mail");

        refused("attempt_in_progress", new HeldLease("w", run, 1));
    }

    @Test
    void anotherOwnerFenceOrRunIsRefusedAndChangesNothing() {
        UUID run = queue.run(NewTask.of("mail"));
        refused("lease_lost", new HeldLease("w", run, 1));
        queue.lease(1, "mail");

        refused("lease_lost", new HeldLease("v", run, 1));
        refused("lease_lost", new HeldLease("w", run, 0));
        refused("lease_lost", new HeldLease("w", run, 2));
        refused("run_not_found", new HeldLease("w", new UUID(3, 3), 1));
    }

    @Test
    void eightReleasersAtOnceReleaseOnce() {
        UUID run = queue.run(NewTask.of("mail"));
        queue.lease(1, "mail");

        List<ReleaseLeases.Result> results =
                Race.of(8, number -> queue.release(new HeldLease("w", run, 1)).get(0));

        assertThat(results).filteredOn(one -> one.refusal() == null).hasSize(1);
    }

    private void refused(String code, HeldLease lease) {
        String before = queue.dump();

        assertThat(queue.release(lease).get(0).refusal().code()).isEqualTo(code);
        assertThat(queue.dump()).isEqualTo(before);
    }
}
