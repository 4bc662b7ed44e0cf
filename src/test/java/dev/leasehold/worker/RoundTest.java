package dev.leasehold.worker;

import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RoundTest {

    private static final Payload UNSTORABLE = Payload.of("x".repeat(300), Payload.Form.TEXT, new byte[1]);

    private final Fixture queue;

    RoundTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void everyReportIsStored() {
        List<Report> reports = reports(5, Outcome.success());

        assertThat(queue.get(Round.class).run(reports, 0)).isEmpty();

        assertThat(count(RunState.COMPLETED)).isEqualTo(5);
    }

    @Test
    void aReportThatCannotBeStoredFailsAloneAndItsNeighboursCommit() {
        List<Report> reports = reports(7, Outcome.success());
        Report culprit = reports.get(4).with(Outcome.success(UNSTORABLE));
        reports.set(4, culprit);

        queue.get(Round.class).run(reports, 0);

        assertThat(count(RunState.COMPLETED)).isEqualTo(6);
        assertThat(queue.row(culprit.runId()).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(queue.attempts(culprit.runId())).singleElement().satisfies(attempt -> {
            assertThat(attempt.result()).isEqualTo("Failure");
            assertThat(attempt.error())
                    .startsWith("the result could not be stored: ")
                    .doesNotContain("\n");
        });
    }

    @Test
    void everyReportOfAWhollyBadRoundIsStoredAsAFailure() {
        queue.get(Round.class).run(reports(5, Outcome.success(UNSTORABLE)), 0);

        assertThat(count(RunState.RETRY_WAIT)).isEqualTo(5);
    }

    @Test
    void aLateReportIsPassedOver() {
        List<Report> reports = reports(3, Outcome.success());
        queue.finish(reports.get(1));

        queue.get(Round.class).run(reports, 0);

        assertThat(count(RunState.COMPLETED)).isEqualTo(3);
    }

    private List<Report> reports(int count, Outcome outcome) {
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queue.run(NewTask.of("mail"));
            Claimed claimed = queue.claim(1, "mail").get(0);
            reports.add(report(claimed, outcome));
        }
        return reports;
    }

    private long count(RunState state) {
        return queue.count("select count(*) from leasehold.run where state = '" + state.word() + "'");
    }
}
