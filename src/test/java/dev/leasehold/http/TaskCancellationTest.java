package dev.leasehold.http;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Repeat;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskCancellationTest {

    private static final int MANY = 700;

    @ParameterizedTest
    @EnumSource(Database.class)
    void itHoldsEveryRunBeforeItGivesAPermitBack(Database database) throws SQLException {
        try (Fixture queue = new Fixture(database);
                Connection other = queue.dataSource.getConnection();
                Statement statement = other.createStatement()) {
            UUID task = queue.submit(NewTask.of("mail")
                            .repeat(new Repeat(MANY, Duration.ofSeconds(60)))
                            .gates(NewTask.Gates.key("K", HoldPolicy.HOLD_DURING_RETRY)))
                    .get(0)
                    .taskId();
            assertThat(queue.claim(1, "mail")).hasSize(1);
            List<UUID> runs = queue.in(() -> queue.get(Runs.class).openOf(CALLER, task, MANY));
            TaskCancellation cancellation = queue.get(TaskCancellation.class);
            other.setAutoCommit(false);
            statement.execute("select run_id from leasehold.run where tenant_id = '" + CALLER.tenant()
                    + "' and run_id = '" + runs.get(MANY - 1) + "' for update");

            CompletableFuture<Map<String, Object>> canceled =
                    CompletableFuture.supplyAsync(() -> queue.in(() -> cancellation.cancel(CALLER, task, null)));
            queue.awaitBlocked();
            statement.execute("select permit_id from leasehold.permit for update");
            other.rollback();

            assertThat(canceled)
                    .succeedsWithin(Duration.ofSeconds(30))
                    .satisfies(answer -> assertThat(answer).containsEntry("runs_canceled", (long) MANY));
            queue.verify();
        }
    }
}
