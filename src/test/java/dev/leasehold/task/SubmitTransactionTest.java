package dev.leasehold.task;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.PromoteDueRuns;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.sql.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SubmitTransactionTest {

    private final Fixture queue;
    private final AtomicInteger rung = new AtomicInteger();

    SubmitTransactionTest(Database database) {
        queue = new Fixture(database);
    }

    @BeforeEach
    void listen() {
        queue.get(ReadyBell.class).listen(rung::incrementAndGet);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aTransactionThatFailsAfterwardsLeavesNothingAndRingsNoBell() {
        assertThatThrownBy(() -> queue.in(() -> {
                    submit(NewTask.of("mail"));
                    throw new IllegalStateException("the host's own");
                }))
                .hasMessage("the host's own");

        for (String table : List.of("task", "run", "event", "lane")) {
            assertThat(queue.count("select count(*) from leasehold." + table))
                    .as(table)
                    .isZero();
        }
        assertThat(rung).hasValue(0);
    }

    @Test
    void aLaneThatWasRolledBackIsOpenedAgain() {
        assertThatThrownBy(() -> queue.in(() -> {
                    submit(NewTask.of("mail"));
                    submit(NewTask.of("mail"));
                    throw new IllegalStateException("the host's own");
                }))
                .hasMessage("the host's own");

        queue.run(NewTask.of("mail"));
        queue.run(NewTask.of("mail"));

        assertThat(queue.claim(3, "mail")).hasSize(2);
    }

    @Test
    void aCommitRingsOnceHoweverOftenItSubmitted() {
        queue.in(() -> {
            submit(NewTask.of("mail"));
            submit(NewTask.of("mail"));
            assertThat(rung).as("before the commit").hasValue(0);
            return 0;
        });

        assertThat(rung).hasValue(1);
        queue.run(NewTask.of("mail"));
        assertThat(rung).hasValue(2);
    }

    @Test
    void onlyWhatIsReadyRings() {
        NewTask later = NewTask.of("mail").scheduledAt(START.plusSeconds(5));
        queue.run(later);
        queue.submit(NewTask.of("not a name"));
        assertThat(rung).hasValue(0);

        queue.promote(10);
        assertThat(rung).hasValue(0);
        queue.clock.advance(Duration.ofSeconds(5));
        queue.promote(10);
        assertThat(rung).hasValue(1);
    }

    @Test
    void aTaskThatIsThereAlreadyRingsNoBell() {
        NewTask task = NewTask.of("mail").id(new UUID(7, 7));
        queue.submit(task);
        queue.submit(task);

        assertThat(rung).hasValue(1);
    }

    @Test
    void severalCommandsOfOneTransactionShareOnePosition() {
        queue.in(() -> {
            submit(NewTask.of("mail"));
            submit(NewTask.of("mail"));
            return queue.get(PromoteDueRuns.class).execute(CALLER, List.of(1, 1));
        });

        assertThat(queue.count("select count(distinct pos) from leasehold.event"))
                .isEqualTo(1);
    }

    private void submit(NewTask task) {
        assertThat(queue.get(SubmitTasks.class).execute(CALLER, List.of(task))).hasSize(1);
    }
}
