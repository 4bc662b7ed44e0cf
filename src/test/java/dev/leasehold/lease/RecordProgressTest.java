package dev.leasehold.lease;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LeaseStatement.Said;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RecordProgressTest {

    private final Fixture queue;

    RecordProgressTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void itStandsBesideTheLeaseUntilThatEnds() {
        Claimed claimed = claimed();
        int version = queue.row(claimed.runId()).version();
        Instant at = queue.clock.instant();
        assertThat(progress(claimed.runId())).isNull();

        assertThat(record(said(claimed, 40, "half of it"))).containsExactly(true);
        assertThat(progress(claimed.runId())).isEqualTo(new Progress(40, "half of it", at));
        queue.clock.advance(Duration.ofSeconds(1));
        assertThat(record(said(claimed, 50, null))).containsExactly(true);

        assertThat(progress(claimed.runId())).isEqualTo(new Progress(50, null, at.plusSeconds(1)));
        assertThat(queue.row(claimed.runId()).version()).isEqualTo(version);
    }

    @Test
    void anotherLeaseOfTheRunIsLeftAlone() {
        Claimed claimed = claimed();

        assertThat(record(new Said(claimed.runId(), claimed.fence() + 1, 40, null), said(UUID.randomUUID())))
                .containsExactly(false, false);

        assertThat(progress(claimed.runId())).isNull();
    }

    @Test
    void itWaitsForNobody() throws SQLException {
        Claimed held = claimed();
        Claimed free = claimed();
        try (Connection connection = queue.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select 1 from leasehold.lease where run_id = '" + held.runId() + "' for update");

            assertThat(record(said(held, 10, null), said(free, 20, null))).containsExactly(false, true);
            connection.rollback();
            connection.setAutoCommit(true);
        }
        assertThat(progress(held.runId())).isNull();
    }

    private Claimed claimed() {
        queue.run(NewTask.of("mail"));
        return queue.claim(1, "mail").get(0);
    }

    private static Said said(Claimed claimed, int percent, String message) {
        return new Said(claimed.runId(), claimed.fence(), percent, message);
    }

    private static Said said(UUID run) {
        return new Said(run, 1, 1, null);
    }

    private List<Boolean> record(Said... said) {
        return queue.in(() -> queue.get(RecordProgress.class).execute(CALLER, List.of(said))).stream()
                .map(RecordProgress.Result::stored)
                .toList();
    }

    private Progress progress(UUID run) {
        return queue.leaseOf(run).orElseThrow().progress();
    }
}
