package dev.leasehold.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Unique;
import dev.leasehold.api.Unique.OnConflict;
import dev.leasehold.api.Unique.Until;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.run.Order;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.task.SubmitTasks.Status;
import dev.leasehold.task.SubmitTasks.Submitted;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class UniquenessTest {

    private final Fixture queue;

    UniquenessTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void theSecondIsAnsweredWithTheFirst() {
        UUID first = created(unique(Until.FINISHED, null));

        assertThat(submit(unique(Until.FINISHED, null))).isEqualTo(new Submitted(first, Status.EXISTS, 0, null));
        assertThat(queue.count("select count(*) from leasehold.task")).isOne();
    }

    @Test
    void orRefused() {
        UUID first = created(unique(Until.FINISHED, null));
        NewTask second = unique(Until.FINISHED, null, OnConflict.REJECT).id(new UUID(7, 7));

        Submitted refused = submit(second);

        assertThat(refused.status()).isEqualTo(Status.REJECTED);
        assertThat(refused.refusal()).isInstanceOfSatisfying(DuplicateUnique.class, fault -> {
            assertThat(fault.code()).isEqualTo("duplicate_unique");
            assertThat(fault.details()).containsEntry("task_id", first.toString());
        });
    }

    @Test
    void anotherTypeOrKeyIsAnotherMatter() {
        created(unique(Until.FOREVER, null));
        Unique other = new Unique("v", Until.FOREVER, null, OnConflict.REJECT);

        created(NewTask.of("mail").gates(new Gates(null, null, null, null, null, other)));
        created(NewTask.of("fax").gates(unique(Until.FOREVER, null).gates()));
    }

    @Test
    void untilItHasStarted() {
        UUID first = created(unique(Until.STARTED, null));
        assertThat(submit(unique(Until.STARTED, null)).taskId()).isEqualTo(first);
        queue.lease(1, "mail");
        assertThat(submit(unique(Until.STARTED, null)).taskId()).isEqualTo(first);
        queue.clock.advance(Duration.ofSeconds(31));
        queue.expire();
        queue.claim(1, "mail");

        assertThat(created(unique(Until.STARTED, null))).isNotEqualTo(first);
    }

    @Test
    void untilItHasFinished() {
        UUID first = created(unique(Until.FINISHED, null));
        Claimed claimed = queue.claim(1, "mail").get(0);
        assertThat(submit(unique(Until.FINISHED, null)).taskId()).isEqualTo(first);
        queue.finish(Fixture.report(claimed, Outcome.success()));

        UUID second = created(unique(Until.FINISHED, null));

        queue.cancel(Order.of(queue.claim(1, "mail").get(0).runId()));
        assertThat(created(unique(Until.FINISHED, null))).isNotIn(first, second);
    }

    @Test
    void forEver() {
        UUID first = created(unique(Until.FOREVER, null));
        queue.finish(Fixture.report(queue.claim(1, "mail").get(0), Outcome.success()));

        assertThat(submit(unique(Until.FOREVER, null)).taskId()).isEqualTo(first);
    }

    @Test
    void butForNoLongerThanItsPeriod() {
        UUID first = created(unique(Until.FOREVER, Duration.ofSeconds(60)));
        queue.clock.advance(Duration.ofSeconds(59));
        assertThat(submit(unique(Until.FOREVER, Duration.ofSeconds(60))).taskId())
                .isEqualTo(first);
        queue.clock.advance(Duration.ofSeconds(1));

        created(unique(Until.FOREVER, Duration.ofSeconds(60)));
    }

    @Test
    void aRepeatedSubmissionIsTheSameTask() {
        NewTask task = unique(Until.FINISHED, null, OnConflict.REJECT).id(new UUID(7, 7));
        created(task);

        assertThat(submit(task)).isEqualTo(new Submitted(new UUID(7, 7), Status.EXISTS, 0, null));
    }

    @Test
    void withinOneCommandTheFirstWins() {
        List<Submitted> both = queue.submit(unique(Until.FINISHED, null), unique(Until.FINISHED, null));

        assertThat(both).extracting(Submitted::status).containsExactly(Status.CREATED, Status.EXISTS);
        assertThat(both.get(1).taskId()).isEqualTo(both.get(0).taskId());
    }

    @Test
    void ofManyAtOnceOneIsAdmitted() {
        List<Submitted> all = Race.of(8, thread -> submit(unique(Until.FINISHED, null)));

        assertThat(all).filteredOn(one -> one.status() == Status.CREATED).hasSize(1);
        assertThat(all).extracting(Submitted::taskId).containsOnly(all.get(0).taskId());
    }

    @Test
    void ofManyThatComeAfterItsEndOneIsAdmitted() {
        created(unique(Until.FINISHED, null));
        queue.finish(Fixture.report(queue.claim(1, "mail").get(0), Outcome.success()));

        List<Submitted> all = Race.of(8, thread -> submit(unique(Until.FINISHED, null)));

        assertThat(all).filteredOn(one -> one.status() == Status.CREATED).hasSize(1);
    }

    @Test
    void whatIsRolledBackIsNotThere() {
        try {
            queue.in(() -> {
                queue.get(SubmitTasks.class).execute(Fixture.CALLER, List.of(unique(Until.FOREVER, null)));
                throw new IllegalStateException("the host changed its mind");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the host changed its mind");
        }

        created(unique(Until.FOREVER, null));
    }

    private UUID created(NewTask task) {
        Submitted submitted = submit(task);
        assertThat(submitted.status()).isEqualTo(Status.CREATED);
        return submitted.taskId();
    }

    private Submitted submit(NewTask task) {
        return queue.submit(task).get(0);
    }

    private static NewTask unique(Until until, @Nullable Duration period) {
        return unique(until, period, OnConflict.EXISTING);
    }

    private static NewTask unique(Until until, @Nullable Duration period, OnConflict conflict) {
        return NewTask.of("mail")
                .gates(new Gates(null, null, null, null, null, new Unique("u", until, period, conflict)));
    }
}
