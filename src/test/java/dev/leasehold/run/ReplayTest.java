package dev.leasehold.run;

import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Database;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The replay itself, over rows that were tampered with. */
class ReplayTest {

    private final Fixture queue = new Fixture(Database.H2);

    @BeforeEach
    void twoRunsWithAHistory() {
        queue.run(NewTask.of("mail").priority(2).retryEvery(Duration.ofSeconds(5)));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no")));
        queue.clock.advance(Duration.ofSeconds(5));
        queue.promote(1);
        queue.claim(1, "mail");
        queue.run(NewTask.of("report"));
        queue.finish(report(queue.claim(1, "report").get(0), Outcome.snooze(Duration.ofSeconds(9))));
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void anUntouchedDatabaseHasNoFault() {
        assertThat(faults()).isEmpty();
        queue.verify();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update leasehold.run set state = 'Leased' where state = 'Running'",
                "update leasehold.run set version = version + 1",
                "update leasehold.run set fence = fence + 1",
                "update leasehold.run set attempts_started = attempts_started - 1",
                "update leasehold.run set attempts_suspended = 0",
                "update leasehold.run set priority = priority + 1",
                "update leasehold.run set scheduled_at = created_at + interval '1' second",
                "update leasehold.run set due_at = null",
                "delete from leasehold.run where state = 'Running'",
                "delete from leasehold.lease",
                "update leasehold.lease set fence = 1",
                "update leasehold.lease set attempt_id = random_uuid()",
                "update leasehold.lease set attempt_number = 1",
                "delete from leasehold.attempt where result = 'Failure'",
                "update leasehold.attempt set attempt_id = random_uuid()",
                "delete from leasehold.event where version = 2",
                "delete from leasehold.event where version = 1",
                "update leasehold.event set pos = 0 where version = 3",
                "update leasehold.event set occurred_at = occurred_at - interval '1' day where version = 3",
                "update leasehold.event set type = 'run.done' where version = 3",
                "update leasehold.event set type = 'run.leased' where version = 3",
                "update leasehold.event set fence = 7 where version = 2",
                "update leasehold.event set fence = 7 where version = 3",
                "update leasehold.event set attempt_id = random_uuid() where version = 3",
                "update leasehold.event set attempt_number = 2 where version = 2",
                "update leasehold.event set transitions = 'Running>Completed' where version = 3",
                "update leasehold.event set transitions = 'Ready>Running' where version = 2",
                "update leasehold.event set transitions = '>Ready' where version = 1",
                "update leasehold.event set transitions = 'Leased>Running' where version = 2"
            })
    void everyTamperingIsFound(String change) {
        assertThat(queue.tamper(change)).isPositive();

        assertThat(faults()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update leasehold.run set pos = pos + 1",
                "update leasehold.run set last_event_at = last_event_at + interval '1' second",
                "update leasehold.run set claim_lane = null where state = 'Ready'",
                "update leasehold.run set claim_lane = lane_id + 1 where state = 'Ready'"
            })
    void whatNoEntityShowsIsVerifiedToo(String change) {
        queue.run(NewTask.of("mail"));
        assertThat(queue.tamper(change)).isPositive();

        assertThatThrownBy(queue::verify).isInstanceOf(AssertionError.class);
    }

    private List<String> faults() {
        return queue.in(() -> Replay.faults(queue.get(EntityManager.class)));
    }
}
