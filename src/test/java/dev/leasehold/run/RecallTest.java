package dev.leasehold.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.database.Fixture;
import dev.leasehold.schedule.DeriveRuns;
import dev.leasehold.sql.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RecallTest {

    private final Fixture queue;
    private final List<Map<UUID, Long>> heard = new ArrayList<>();

    RecallTest(Database database) {
        queue = new Fixture(database);
        queue.get(Recall.class).listen(heard::add);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aSweepAndACancellationNameTheLeasesThatTheyEnd() {
        UUID run = queue.run(NewTask.of("mail"));
        UUID waiting = queue.run(NewTask.of("other"));
        queue.lease(1, "mail");
        queue.clock.advance(Duration.ofSeconds(30));
        queue.expire();
        queue.claim(1, "mail");

        queue.cancel(Order.of(run), Order.of(waiting), Order.of(run));

        assertThat(heard).containsExactly(Map.of(run, 1L), Map.of(run, 2L));
    }

    @Test
    void nothingIsNamedBeforeTheCommitNorAfterARollback() {
        UUID run = queue.run(NewTask.of("mail"));
        queue.claim(1, "mail");

        assertThatThrownBy(() -> queue.in(() -> {
                    queue.cancel(Order.of(run));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(heard).isEmpty();

        queue.in(() -> {
            queue.cancel(Order.of(run));
            assertThat(heard).isEmpty();
            return run;
        });
        assertThat(heard).containsExactly(Map.of(run, 1L));
    }

    @Test
    void anExpiryOfALeasedRunNamesItsLease() {
        UUID run = queue.run(NewTask.of("mail")
                .gates(new Gates(null, null, null, null, queue.clock.instant().plusSeconds(10), null)));
        queue.lease(1, "mail");
        queue.clock.advance(Duration.ofSeconds(10));

        queue.in(() -> queue.get(ExpireRuns.class).execute(Fixture.CALLER, List.of(10)));

        assertThat(queue.row(run).state()).isEqualTo(RunState.CANCELED);
        assertThat(heard).containsExactly(Map.of(run, 1L));
    }

    @Test
    void anInstantThatCancelsThePreviousRunNamesItsLease() {
        queue.submit(NewTask.of("mail").cron(Cron.of("* * * * *").overlap(Cron.Overlap.CANCEL_PREVIOUS)));
        pass();
        UUID run = queue.claim(1, "mail").get(0).runId();

        pass();

        assertThat(queue.row(run).state()).isEqualTo(RunState.CANCELED);
        assertThat(heard).containsExactly(Map.of(run, 1L));
    }

    private void pass() {
        queue.clock.advance(Duration.ofMinutes(1));
        queue.in(() -> queue.get(DeriveRuns.class).execute(Fixture.CALLER, List.of(10)));
    }
}
