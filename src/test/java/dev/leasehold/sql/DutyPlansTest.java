package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.PromoteDueRuns;
import dev.leasehold.tenant.Caller;
import dev.leasehold.timer.Duties;
import dev.leasehold.timer.Duty;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a duty reads does not grow with what is done: a range has a plan for its values, not one for all. */
class DutyPlansTest {

    private static final int MANY = 12_000;
    private static final int BATCH = 1000;

    private static void finishMany(Fixture queue) {
        for (int i = 0; i < MANY; i += BATCH) {
            queue.submit(Collections.nCopies(BATCH, NewTask.of("mail")).toArray(NewTask[]::new));
            List<Claimed> done = queue.claim(BATCH, "mail");
            queue.finish(done.stream()
                    .map(one -> Fixture.report(one, Outcome.success()))
                    .toArray(Report[]::new));
        }
        queue.tamper("vacuum analyze");
    }

    @Test
    void dueRunsAreFoundByTheirIndexWhenNoneIsDue() throws SQLException {
        try (Fixture queue = new Fixture(Database.POSTGRESQL)) {
            finishMany(queue);
            List<String> plans = new ArrayList<>();
            queue.activate();
            queue.put(PromoteDueRuns.class, new PromoteDueRuns() {
                @Override
                public List<Integer> execute(Caller caller, List<Integer> batches) {
                    plans.add(promoting(queue, batches.get(0)));
                    return List.of(0);
                }
            });

            queue.get(Duties.class).pass(Duty.PROMOTE);

            assertThat(plans).hasSize(1);
            assertThat(Plans.visited(plans.get(0)))
                    .as(plans.get(0))
                    .isNotEmpty()
                    .allMatch(rows -> rows == 0 || rows == 1);
        }
    }

    private static String promoting(Fixture queue, int max) {
        Values values = new Values()
                .set("now", queue.clock.instant())
                .set("max", max)
                .set("actor", "a")
                .set("everything", "");
        return queue.get(QueueSession.class)
                .work(connection -> Plans.explain(
                        connection,
                        Database.POSTGRESQL,
                        "analyze, costs off",
                        Sql.of("postgresql", "promote"),
                        values));
    }
}
