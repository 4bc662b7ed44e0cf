package dev.leasehold.schedule;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.Terms;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Nodes;
import dev.leasehold.database.Race;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.node.RecordHeartbeats;
import dev.leasehold.run.CancelRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.PromoteDueRuns;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.Repeats;
import dev.leasehold.task.CancelTasks;
import dev.leasehold.tenant.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three nodes, whose clocks are 100 ms apart, look after the same schedules at the same moments. */
class ThreeNodesTest {

    private static final int NODES = 3;
    private static final Duration APART = Duration.ofMillis(100);
    private static final List<String> TYPES = List.of("often", "seldom");

    @ParameterizedTest
    @EnumSource(Database.class)
    void anHourHasOneRunForEachInstant(Database database) {
        try (Nodes nodes = new Nodes(database, NODES, APART)) {
            Fixture queue = nodes.first();
            queue.clock.set(Instant.parse("2027-01-01T00:00:00Z"));
            queue.submit(NewTask.of("often").cron(Cron.of("*/20 * * * * *")));
            queue.submit(NewTask.of("seldom").cron(Cron.of("* * * * *").overlap(Cron.Overlap.SKIP)));

            for (int i = 0; i < 180; i++) {
                Race.of(NODES, node -> pass(nodes, node));
                queue.clock.advance(Duration.ofSeconds(i < 179 ? 20 : 0));
            }
            pass(nodes, 0);

            assertThat(queue.count(of("often"))).isEqualTo(180);
            assertThat(queue.count(of("seldom"))).isEqualTo(60);
            assertThat(queue.count("select count(*) from leasehold.run where state <> 'Scheduled'"))
                    .isEqualTo(queue.count("select count(*) from leasehold.run where state = 'Completed'"))
                    .isEqualTo(240);
            assertThat(queue.count("select count(distinct run_id) from leasehold.firing"))
                    .isEqualTo(queue.count("select count(*) from leasehold.run"))
                    .isEqualTo(250);
            queue.verify();
        }
    }

    private static String of(String type) {
        return "select count(distinct r.scheduled_at) from leasehold.run r join leasehold.lane l on l.lane_id = r.lane_id"
                + " where r.state = 'Completed' and l.type = '" + type + "'";
    }

    /** What a node does again and again: it is heard of, derives, promotes and runs what it is granted. */
    private static int pass(Nodes nodes, int number) {
        Fixture queue = nodes.of(number);
        String name = "node" + number;
        UUID id = new UUID(NODES, number);
        Caller caller = Caller.system(name);
        Repeats repeats = queue.get(Repeats.class);
        RecordHeartbeats.Beat beat = new RecordHeartbeats.Beat(id, name, TYPES, List.of());
        queue.in(() -> queue.get(RecordHeartbeats.class).execute(caller, List.of(beat)));
        int done = repeats.call(() -> queue.get(DeriveRuns.class).execute(caller, List.of(10)))
                .get(0);
        repeats.call(() -> queue.get(PromoteDueRuns.class).execute(caller, List.of(10)));
        ClaimRuns.Request claim = new ClaimRuns.Request(
                new ClaimRuns.Holder(name, id), ClaimRuns.Filter.types(TYPES), 10, Duration.ofSeconds(30), true);
        queue.claim(claim)
                .forEach(one -> queue.finish(new FinishAttempts.Report(
                        name, one.runId(), one.attemptId(), one.fence(), Outcome.success(), Terms.of(one))));
        return done;
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aTaskThatIsCanceledMeanwhileHasNoRunLeft(Database database) {
        try (Nodes nodes = new Nodes(database, NODES, APART)) {
            Fixture queue = nodes.first();
            Repeats repeats = queue.get(Repeats.class);
            for (int i = 0; i < 10; i++) {
                UUID task = queue.submit(NewTask.of("often").cron(Cron.of("* * * * * *")))
                        .get(0)
                        .taskId();
                queue.clock.advance(Duration.ofSeconds(7));
                Race.of(NODES, node -> node == 0 ? repeats.call(() -> cancel(queue, task)) : pass(nodes, node));
                queue.clock.advance(Duration.ofSeconds(7));
                pass(nodes, 0);
            }

            assertThat(queue.count("select count(*) from leasehold.run where state not in ('Completed', 'Canceled')"))
                    .isZero();
            assertThat(queue.count("select count(*) from leasehold.schedule where next_at is not null"))
                    .isZero();
            assertThat(queue.clock.instant()).isAfter(START);
            queue.verify();
        }
    }

    private static int cancel(Fixture queue, UUID task) {
        queue.get(CancelTasks.class).execute(CALLER, List.of(CancelTasks.Request.of(task)));
        List<Order> orders = queue.get(Runs.class).openOf(CALLER, task, 500).stream()
                .map(Order::of)
                .toList();
        return queue.get(CancelRuns.class).execute(CALLER, orders).size();
    }
}
