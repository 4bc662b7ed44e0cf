package dev.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.queue.SetLimits;
import dev.leasehold.run.Alarm;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitScope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On PostgreSQL a claim waits for nobody who holds a run: it looks behind it. */
class PassedRunsTest {

    private final Fixture queue = new Fixture(Database.POSTGRESQL);

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aClaimLooksBehindRunsThatOthersHold() throws SQLException {
        List<UUID> runs = IntStream.range(0, 6)
                .mapToObj(i -> queue.run(NewTask.of("mail")))
                .toList();

        try (Connection other = queue.dataSource.getConnection()) {
            other.setAutoCommit(false);
            hold(other, runs.get(0), runs.get(1), runs.get(3));

            assertThat(ids(queue.claim(ofThisProcess(2)))).containsExactly(runs.get(2), runs.get(4));

            other.rollback();
            other.setAutoCommit(true);
        }
        assertThat(queue.count("select count(*) from leasehold.ready")).isEqualTo(4);
    }

    @Test
    void attemptsHaveIdsOfTheirOwnWhateverWasPassedBy() throws SQLException {
        List<UUID> runs = IntStream.range(0, 3)
                .mapToObj(i -> queue.run(NewTask.of("mail")))
                .toList();
        try (Connection other = queue.dataSource.getConnection()) {
            other.setAutoCommit(false);
            hold(other, runs.get(0));

            List<Claimed> claimed = queue.claim(ofThisProcess(2));

            assertThat(ids(claimed)).containsExactly(runs.get(1), runs.get(2));
            assertThat(claimed)
                    .extracting(Claimed::attemptId)
                    .doesNotContainNull()
                    .doesNotHaveDuplicates();
            other.rollback();
            other.setAutoCommit(true);
        }
        assertThat(ids(queue.claim(ofThisProcess(2))))
                .as("nothing before it was taken for claimed")
                .containsExactly(runs.get(0));
    }

    @Test
    void aRunThatNeedsAPermitIsFoundBehindOneThatIsHeld() throws SQLException {
        queue.in(() -> queue.get(SetLimits.class)
                .execute(Fixture.CALLER, List.of(new Limit(PermitScope.QUEUE, "default", 5))));
        List<UUID> runs = IntStream.range(0, 3)
                .mapToObj(i -> queue.run(NewTask.of("mail")))
                .toList();
        try (Connection other = queue.dataSource.getConnection()) {
            other.setAutoCommit(false);
            hold(other, runs.get(0), runs.get(1));

            assertThat(ids(queue.claim(ofThisProcess(1)))).containsExactly(runs.get(2));

            other.rollback();
            other.setAutoCommit(true);
        }
    }

    @Test
    void whatWasHeldIsClaimedOnceItIsFree() throws SQLException {
        UUID run = queue.run(NewTask.of("mail"));
        List<Instant> looks = new ArrayList<>();
        queue.get(Alarm.class).listen(looks::add);
        try (Connection other = queue.dataSource.getConnection()) {
            other.setAutoCommit(false);
            hold(other, run);

            assertThat(queue.claim(2, "mail")).isEmpty();
            assertThat(looks).as("soon").containsOnly(queue.clock.instant().plusMillis(25));
            looks.clear();

            other.rollback();
            other.setAutoCommit(true);
        }

        assertThat(ids(queue.claim(2, "mail"))).containsExactly(run);
        assertThat(looks).isEmpty();
    }

    /** Whose payloads have no bound, other than those of a worker over HTTP, who gets the first that there are. */
    private static ClaimRuns.Request ofThisProcess(int max) {
        return new ClaimRuns.Request(
                new ClaimRuns.Holder("w", UUID.randomUUID()),
                ClaimRuns.Filter.types(List.of("mail")),
                max,
                Duration.ofSeconds(30),
                true);
    }

    private static List<UUID> ids(List<Claimed> claimed) {
        return claimed.stream().map(Claimed::runId).toList();
    }

    private static void hold(Connection other, UUID... runs) throws SQLException {
        try (Statement statement = other.createStatement()) {
            for (UUID run : runs) {
                statement.execute("select 1 from leasehold.run where run_id = '" + run + "' for update");
            }
        }
    }
}
