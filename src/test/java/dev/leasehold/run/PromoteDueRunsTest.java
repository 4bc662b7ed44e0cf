package dev.leasehold.run;

import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.sql.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class PromoteDueRunsTest {

    private final Fixture queue;

    PromoteDueRunsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aRunIsPromotedAtItsInstantAndNotAMicrosecondBefore() {
        UUID run = queue.run(in(5).priority(9));

        queue.clock.set(START.plusSeconds(5).minusNanos(1000));
        assertThat(queue.promote(10)).isZero();
        assertThat(queue.row(run).version()).isEqualTo(1);
        queue.clock.set(START.plusSeconds(5));
        assertThat(queue.promote(10)).isEqualTo(1);

        Run row = queue.row(run);
        assertThat(row.state()).isEqualTo(RunState.READY);
        assertThat(row.dueAt()).isNull();
        assertThat(row.scheduledAt()).isEqualTo(START.plusSeconds(5));
        assertThat(queue.events(run).get(1)).satisfies(event -> {
            assertThat(event.type()).isEqualTo("run.promoted");
            assertThat(event.steps()).isEqualTo(Step.parse("Scheduled>Ready"));
            assertThat(event.occurredAt()).isEqualTo(START.plusSeconds(5));
        });
    }

    @Test
    void onlyDueRunsArePromotedAndEachOnce() {
        UUID due = queue.run(in(5));
        UUID notYet = queue.run(in(6));
        UUID ready = queue.run(NewTask.of("mail"));
        queue.clock.advance(Duration.ofSeconds(5));

        assertThat(queue.promote(10)).isEqualTo(1);
        assertThat(queue.promote(10)).isZero();

        assertThat(queue.row(due).version()).isEqualTo(2);
        assertThat(queue.row(notYet).state()).isEqualTo(RunState.SCHEDULED);
        assertThat(queue.row(ready).version()).isEqualTo(1);
    }

    @Test
    void theLongestOverdueComeFirstWhenABatchIsFull() {
        List<UUID> runs = IntStream.of(4, 2, 5, 1, 3)
                .mapToObj(second -> queue.run(in(second)))
                .toList();
        queue.clock.advance(Duration.ofSeconds(60));

        assertThat(queue.in(() -> queue.get(PromoteDueRuns.class).execute(Fixture.CALLER, List.of(2, 1, 7))))
                .containsExactly(2, 1, 2);
        assertThat(runs).allSatisfy(run -> assertThat(queue.row(run).state()).isEqualTo(RunState.READY));
    }

    @Test
    void aBatchLeavesTheYoungest() {
        UUID oldest = queue.run(in(1));
        UUID youngest = queue.run(in(3));
        UUID older = queue.run(in(2));
        queue.clock.advance(Duration.ofSeconds(60));

        assertThat(queue.promote(2)).isEqualTo(2);

        assertThat(queue.row(oldest).state()).isEqualTo(RunState.READY);
        assertThat(queue.row(older).state()).isEqualTo(RunState.READY);
        assertThat(queue.row(youngest).state()).isEqualTo(RunState.SCHEDULED);
    }

    @Test
    void everythingOverdueIsPromotedHoweverLate() {
        queue.submit(IntStream.range(0, 120).mapToObj(i -> in(1 + i)).toArray(NewTask[]::new));
        queue.clock.advance(Duration.ofDays(4000));

        assertThat(queue.promote(1000)).isEqualTo(120);
    }

    @Test
    void thePriorityIsTakenAtTheFirstPromotionAndKeptThroughARetry() {
        UUID run = queue.run(in(5).priority(9).retryEvery(Duration.ofSeconds(10)));
        assertThat(queue.row(run).priority()).isZero();
        queue.clock.advance(Duration.ofSeconds(5));
        queue.promote(10);
        assertThat(queue.row(run).priority()).isEqualTo(9);

        queue.tamper("update leasehold.task set priority = 1");
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no")));
        queue.clock.advance(Duration.ofSeconds(10));
        assertThat(queue.promote(10)).isEqualTo(1);

        assertThat(queue.row(run).priority()).isEqualTo(9);
        assertThat(queue.events(run).get(4).steps()).isEqualTo(Step.parse("RetryWait>Ready"));
        assertThat(queue.events(run).get(4).priority()).isEqualTo(9);
    }

    @Test
    void aSnoozedRunGoesOnByItself() {
        UUID run = queue.run(NewTask.of("mail").priority(-2));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.snooze(Duration.ofSeconds(7))));

        queue.clock.set(START.plusSeconds(7).minusNanos(1000));
        assertThat(queue.promote(10)).isZero();
        queue.clock.set(START.plusSeconds(7));
        assertThat(queue.promote(10)).isEqualTo(1);

        assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
        assertThat(queue.row(run).priority()).isEqualTo(-2);
        assertThat(queue.events(run).get(3).type()).isEqualTo("run.resumed");
        assertThat(queue.events(run).get(3).steps()).isEqualTo(Step.parse("Suspended>Ready"));
    }

    @Test
    void aSuspendedRunWithoutAnInstantStaysWhereItIs() {
        UUID run = queue.run(NewTask.of("mail"));
        Outcome forGood = new Outcome(Outcome.Kind.SUSPENDED, null, null, null);
        queue.finish(report(queue.claim(1, "mail").get(0), forGood));

        queue.clock.advance(Duration.ofDays(4000));

        assertThat(queue.promote(10)).isZero();
        assertThat(queue.row(run).state()).isEqualTo(RunState.SUSPENDED);
    }

    @Test
    void fourPromotersAtOncePromoteEachRunOnce() {
        queue.submit(IntStream.range(0, 200).mapToObj(i -> in(1 + i % 7)).toArray(NewTask[]::new));
        queue.clock.advance(Duration.ofSeconds(60));

        List<Integer> counts = Race.of(4, number -> {
            int mine = 0;
            for (int i = 0; i < 40; i++) {
                mine += queue.promote(17);
            }
            return mine;
        });

        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
        assertThat(queue.count("select count(*) from leasehold.run where state = 'Ready' and version = 2"))
                .isEqualTo(200);
    }

    @Test
    void aClockThatWentBackGivesNoEventAnEarlierInstant() {
        UUID run = queue.run(NewTask.of("mail").retryEvery(Duration.ZERO));
        queue.clock.set(START.minusSeconds(100));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no")));
        queue.promote(10);

        assertThat(queue.events(run)).extracting(RunEvent::occurredAt).containsOnly(START);
        assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
    }

    private static NewTask in(int seconds) {
        return NewTask.of("mail").scheduledAt(START.plusSeconds(seconds));
    }
}
