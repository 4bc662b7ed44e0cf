package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.RunEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class PositionsTest {

    private static final long RESTORED = 7_000_000_000_000L;

    private final Database database;
    private final Fixture queue;

    PositionsTest(Database database) {
        this.database = database;
        queue = new Fixture(database);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void newEventsFollowAllThatARestoredDatabaseHolds() throws SQLException {
        queue.run(NewTask.of("mail"));
        queue.tamper("update leasehold.event set pos = " + RESTORED);

        long next = positionOfNext(begin());

        assertThat(next).isGreaterThan(RESTORED).isLessThan(RESTORED + 100);
    }

    @Test
    void positionsGoOnWhenNothingWasRestored() throws SQLException {
        UUID before = queue.run(NewTask.of("mail"));
        long last = queue.events(before).get(0).pos();

        long next = positionOfNext(begin());

        assertThat(next).isGreaterThan(last).isLessThan(last + 100);
    }

    @Test
    void anEmptyDatabaseBegins() throws SQLException {
        assertThat(positionOfNext(begin())).isPositive();
    }

    @Test
    void anEventNeverStandsBeforeItsRunsPreviousOne() {
        UUID run = queue.run(NewTask.of("mail"));
        queue.tamper("update leasehold.run set pos = " + RESTORED);
        queue.tamper("update leasehold.event set pos = " + RESTORED);

        queue.claim(1, "mail");

        assertThat(queue.events(run)).extracting(RunEvent::pos).containsExactly(RESTORED, RESTORED);
        queue.verify();
    }

    @Test
    void whatIsCountedAfterARestoreIsNotPassedBy() throws SQLException {
        queue.run(NewTask.of("mail"));
        queue.tamper("update leasehold.tally_floor set place = " + RESTORED);

        begin();
        queue.run(NewTask.of("mail"));

        queue.verify();
    }

    private Tickets begin() throws SQLException {
        try (Connection connection = queue.dataSource.getConnection()) {
            return Positions.begin(database, connection, queue.transactions);
        }
    }

    private long positionOfNext(Tickets tickets) {
        if (database == Database.H2) {
            return queue.in(() -> queue.get(QueueSession.class).work(tickets::current));
        }
        return queue.events(queue.run(NewTask.of("mail"))).get(0).pos();
    }
}
