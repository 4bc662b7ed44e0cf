package dev.leasehold.stats;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Nodes;
import dev.leasehold.database.Race;
import dev.leasehold.run.Invariant;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts are exact at every instant, and folding what they are made of changes none. */
@ParameterizedClass
@EnumSource(Database.class)
class StatsTest {

    private static final NewTask MAIL = NewTask.of("mail");
    private static final UUID OTHER = new UUID(1, 1);
    private static final int ROUNDS = 40;

    private final Nodes nodes;
    private final Fixture queue;

    StatsTest(Database database) {
        nodes = new Nodes(database, 2, Duration.ZERO);
        queue = nodes.first();
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void nothingIsThereAtFirst() {
        Stats.Counts counts = counts();

        assertThat(counts.tasks()).isZero();
        assertThat(counts.attempts()).isZero();
        assertThat(counts.position()).isZero();
        assertThat(counts.runs()).containsOnlyKeys(RunState.values());
        assertThat(counts.runs().values()).containsOnly(0L);
    }

    @Test
    void whatACommandChangesIsToldAtOnce() {
        queue.submit(MAIL, MAIL, MAIL, MAIL.scheduledAt(queue.clock.instant().plusSeconds(9)));
        queue.submit(NewTask.of("cron").cron(Cron.of("0 0 0 1 1 *")));
        List<Claimed> claimed = queue.claim(2, "mail");
        queue.finish(Fixture.report(claimed.get(0), Outcome.success()));
        queue.cancel(Order.of(claimed.get(1).runId()));

        Stats.Counts counts = counts();

        assertThat(counts.tasks()).isEqualTo(5);
        assertThat(counts.attempts()).isEqualTo(2);
        assertThat(counts.runs())
                .containsEntry(RunState.SCHEDULED, 6L)
                .containsEntry(RunState.READY, 1L)
                .containsEntry(RunState.RUNNING, 0L)
                .containsEntry(RunState.COMPLETED, 1L)
                .containsEntry(RunState.CANCELED, 1L);
        assertThat(counts.position()).isEqualTo(queue.count("select max(pos) from leasehold.event"));
        queue.verify();
    }

    @Test
    void noOtherTableIsRead() {
        queue.submit(MAIL, MAIL);
        for (String table : List.of("run", "task", "attempt", "event", "lease", "lane")) {
            queue.tamper("alter table leasehold." + table + " rename to " + table + "_away");
        }

        assertThat(counts().runs(List.of(RunState.READY, RunState.RUNNING))).isEqualTo(2);
    }

    @Test
    void aFoldLeavesARowOfEachTenantAndTheSums() {
        write(9);
        ofAnotherTenant(3);
        Stats.Counts before = counts();

        assertThat(fold(queue, 1)).isGreaterThanOrEqualTo(12);

        assertThat(queue.count("select count(*) from leasehold.tally")).isEqualTo(2);
        assertThat(counts()).isEqualTo(before);
        assertThat(queue.count("select tasks from leasehold.tally where tenant_id = '" + OTHER + "'"))
                .isEqualTo(3);
        queue.tamper("delete from leasehold.tally where tenant_id = '" + OTHER + "'");
        write(3);
        fold(queue, 1);
        queue.verify();
    }

    @Test
    void whatWouldNotSaveEnoughIsLeft() {
        write(5);
        long rows = queue.count("select count(*) from leasehold.tally");

        assertThat(fold(queue, (int) rows)).isZero();
        assertThat(queue.count("select count(*) from leasehold.tally")).isEqualTo(rows);
        assertThat(fold(queue, (int) rows - 1)).isEqualTo((int) rows);
        ofAnotherTenant(2);
        assertThat(fold(queue, 1)).as("two rows instead of three").isZero();
        ofAnotherTenant(1);
        assertThat(fold(queue, 1)).as("two rows instead of four").isEqualTo(4);
    }

    @Test
    void whoeverFindsAnotherOneFoldingDoesNothing() throws SQLException {
        write(5);
        try (Connection other = queue.dataSource.getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().executeQuery("select place from leasehold.tally_floor for update");

            assertThat(fold(queue, 1)).isZero();
            other.rollback();
        }
        assertThat(fold(queue, 1)).isPositive();
    }

    @Test
    void aFoldThatFailsLeavesEverythingAsItWas() {
        write(5);
        fold(queue, 1);
        write(5);
        String before = queue.dump();
        Stats.Counts counts = counts();
        long floor = queue.count("select place from leasehold.tally_floor");
        queue.tamper("alter table leasehold.tally_floor add constraint stuck check (place = " + floor + ")");

        assertThatThrownBy(() -> fold(queue, 1)).isNotNull();

        assertThat(queue.dump()).isEqualTo(before);
        assertThat(counts()).isEqualTo(counts);
        queue.verify();
    }

    @Test
    void nodesThatFoldWhileOthersWriteLoseAndDoubleNothing() {
        List<List<String>> broken =
                Race.of(6, number -> number < 4 ? write(nodes.of(number)) : folds(nodes.of(number)));

        assertThat(broken).allMatch(List::isEmpty);
        assertThat(counts().tasks()).isEqualTo(4L * ROUNDS);
        assertThat(counts().runs()).containsEntry(RunState.COMPLETED, 4L * ROUNDS);
        queue.verify();
        fold(nodes.of(1), 1);
        queue.verify();
    }

    private static List<String> write(Fixture node) {
        for (int i = 0; i < ROUNDS; i++) {
            node.submit(MAIL);
            List<Claimed> claimed = node.claim(1, "mail");
            while (claimed.isEmpty()) {
                claimed = node.claim(1, "mail");
            }
            node.finish(Fixture.report(claimed.get(0), Outcome.success()));
        }
        return List.of();
    }

    /** Between two folds everything has to be true. */
    private List<String> folds(Fixture node) {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < 2 * ROUNDS; i++) {
            fold(node, 1);
            broken.addAll(Invariant.TALLY_IS_A_RECOUNT.broken(queue.dataSource));
        }
        return broken;
    }

    private void write(int times) {
        Collections.nCopies(times, MAIL).forEach(queue::submit);
    }

    private void ofAnotherTenant(int times) {
        for (int i = 0; i < times; i++) {
            queue.tamper("insert into leasehold.tally (tenant_id, place, tasks) select '" + OTHER
                    + "', max(place), 1 from leasehold.tally");
        }
    }

    private Stats.Counts counts() {
        return queue.in(() -> queue.get(Stats.class).of(CALLER));
    }

    private static int fold(Fixture node, int least) {
        return node.in(() -> node.get(FoldTallies.class).execute(CALLER, List.of(least)))
                .get(0);
    }
}
