package dev.leasehold.schedule;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.Order;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.schedule.Schedules.Standing;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;

/** What tests of tasks that recur have in common: one queue, and what timers and workers do with it. */
abstract class Recurring {

    static final Instant HOUR = Instant.parse("2027-01-01T00:00:00Z");
    static final Cron HOURLY = Cron.of("@hourly");
    static final Cron EACH_SECOND = Cron.of("* * * * * *");

    final Fixture queue;

    Recurring(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    UUID submit(Cron cron) {
        return queue.submit(NewTask.of("t").cron(cron)).get(0).taskId();
    }

    int derive() {
        return queue.in(() -> queue.get(DeriveRuns.class).execute(CALLER, List.of(500)))
                .get(0);
    }

    /** What the timers do until nothing more is due. */
    void pass() {
        for (int i = 0; i < 5 && derive() > 0; i++) {
            queue.promote(10_000);
        }
        assertThat(derive()).as("schedules that find no rest").isZero();
    }

    void finishAll() {
        List<Claimed> claimed = new ArrayList<>(queue.claim(1000, "t"));
        claimed.forEach(one -> queue.finish(report(one, Outcome.success())));
    }

    void finishRunning() {
        queue.tamper("update leasehold.lease set expiry = timestamp with time zone '2020-01-01 00:00:00+00'");
        queue.expire();
        queue.in(() -> queue.get(Runs.class)
                        .page(CALLER, new RunFilter(Set.of(RunState.RETRY_WAIT), null, null, null), 0, 9))
                .forEach(run -> queue.cancel(Order.of(run.run().id())));
    }

    List<Run> runs(UUID task) {
        RunFilter ofTask = new RunFilter(Set.of(), task, null, null);
        return queue.in(() -> queue.get(Runs.class).page(CALLER, ofTask, 0, 5000)).stream()
                .map(one -> one.run())
                .toList();
    }

    List<Run> open(UUID task) {
        return runs(task).stream().filter(run -> !run.state().terminal()).toList();
    }

    long ended(UUID task) {
        return runs(task).stream()
                .filter(run -> run.state() == RunState.COMPLETED)
                .count();
    }

    long count(UUID task) {
        return queue.in(() -> queue.get(Runs.class).countOf(CALLER, task));
    }

    long dropped(UUID task, String reason) {
        return runs(task).stream()
                .filter(run -> run.state() == RunState.CANCELED)
                .filter(run -> {
                    var events = queue.events(run.id());
                    return reason.equals(events.get(events.size() - 1).reason());
                })
                .count();
    }

    java.util.Optional<Long> missed(Run run) {
        return queue.in(() -> queue.get(Schedules.class).missed(CALLER, run.id()));
    }

    Standing standing(UUID task) {
        return queue.in(() -> queue.get(Schedules.class).of(CALLER, List.of(task)))
                .get(task);
    }

    static List<Instant> seconds(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(Instant::ofEpochSecond).toList();
    }
}
