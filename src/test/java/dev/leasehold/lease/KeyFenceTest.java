package dev.leasehold.lease;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.FenceTable;
import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.StaleFence;
import dev.leasehold.database.Fixture;
import dev.leasehold.lease.ClaimRuns.Filter;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The leases of a key's runs are numbered in the order in which they were granted. */
@ParameterizedClass
@EnumSource(Database.class)
class KeyFenceTest {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final NewTask TASK = NewTask.of("mail").retryEvery(SOON);
    private static final NewTask HOLDING = TASK.gates(Gates.key("K", HoldPolicy.HOLD_DURING_RETRY));
    private static final NewTask RELEASING = TASK.gates(Gates.key("K", HoldPolicy.RELEASE_ON_RETRY));

    private final Fixture queue;

    KeyFenceTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void eachRunOfAKeyHasAGreaterOne() {
        List<Long> fences = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            queue.run(HOLDING);
        }
        for (int i = 0; i < 3; i++) {
            Claimed claimed = claimed();
            fences.add(claimed.keys().fence());
            queue.finish(report(claimed, Outcome.success()));
        }

        assertThat(fences).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aRunThatKeptItsKeyHasAGreaterOneWithItsNextLease() {
        queue.run(HOLDING);
        Claimed first = claimed();
        retry(first);
        Claimed second = claimed();
        queue.finish(report(second, Outcome.success()));
        queue.run(HOLDING);

        assertThat(second.runId()).isEqualTo(first.runId());
        assertThat(List.of(first, second, claimed()))
                .extracting(one -> one.keys().fence())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void anotherKeyHasNumbersOfItsOwn() {
        queue.run(HOLDING);
        queue.run(TASK.gates(Gates.key("L", HoldPolicy.HOLD_DURING_RETRY)));

        assertThat(queue.claim(10, "mail"))
                .extracting(one -> one.keys().fence())
                .containsExactly(1L, 1L);
    }

    @Test
    void aRunWithoutAKeyHasNone() {
        queue.run(TASK);

        assertThat(claimed().keys().fence()).isNull();
    }

    @Test
    void aRunWhoseKeyHasAGreaterLimitHasNone() {
        queue.run(HOLDING);
        assertThat(queue.tamper("update leasehold.permit set most = 2")).isEqualTo(1);

        assertThat(claimed().keys().fence()).isNull();
    }

    @Test
    void aRunThatKeptItsKeyHasOneAlsoWhereTheKeyIsDrained() {
        queue.run(HOLDING);
        retry(claimed());
        assertThat(queue.tamper("update leasehold.permit set most = 0")).isEqualTo(1);

        assertThat(claimed().keys().fence()).isEqualTo(2);
    }

    @Test
    void capabilitiesAreNoMatter() {
        for (String key : Arrays.asList("K", null)) {
            queue.run(TASK.gates(new Gates(key, HoldPolicy.RELEASE_ON_RETRY, List.of("gpu"), null, null, null)));
        }
        Filter filter = new Filter(List.of("mail"), null, List.of(), List.of("gpu"));
        List<Claimed> claimed =
                queue.claim(new ClaimRuns.Request(new ClaimRuns.Holder("w", null), filter, 2, SOON, true));

        assertThat(claimed).extracting(one -> one.keys().fence()).containsExactlyInAnyOrder(1L, null);
    }

    @Test
    void aWorkerThatAsksAgainIsToldTheSame() {
        queue.run(HOLDING);
        Claimed claimed = queue.lease(1, "mail").get(0);
        HeldLease lease = new HeldLease("w", claimed.runId(), claimed.fence());

        assertThat(queue.in(() -> queue.get(Leases.class).held(CALLER, List.of(lease))))
                .extracting(one -> one.keys().fence())
                .containsExactly(1L);
    }

    @Test
    void aZombieOfAnotherRunOfTheKeyIsRefusedByTheKeysFenceAndNotByTheRuns() throws SQLException {
        queue.tamper("create table key_fence (name varchar(255) primary key, fence bigint not null)");
        queue.tamper("create table run_fence (name varchar(255) primary key, fence bigint not null)");
        queue.run(RELEASING);
        retry(claimed());
        Claimed zombie = claimed();
        queue.clock.advance(Duration.ofSeconds(30));
        assertThat(queue.expire()).isEqualTo(1);
        queue.run(RELEASING.priority(1));
        Claimed current = claimed();
        assertThat(current.runId()).isNotEqualTo(zombie.runId());

        admit("key_fence", current.keys().fence());
        admit("run_fence", current.fence());
        admit("run_fence", zombie.fence());

        assertThatThrownBy(() -> admit("key_fence", zombie.keys().fence()))
                .isInstanceOf(StaleFence.class)
                .hasMessage("key K: fence 2 is older than 3, which has written already");
        assertThat(queue.count("select fence from key_fence")).isEqualTo(3);
        admit("key_fence", current.keys().fence());
    }

    @Test
    void anOlderAttemptWaitsForTheNewerOneThatWritesAndIsRefusedThen() throws SQLException {
        queue.tamper("create table key_fence (name varchar(255) primary key, fence bigint not null)");
        admit("key_fence", 1);
        try (Connection newer = queue.dataSource.getConnection()) {
            newer.setAutoCommit(false);
            new FenceTable("key_fence").admit(newer, "K", 3);
            CompletableFuture<Void> older = CompletableFuture.runAsync(() -> admitted(2));
            queue.awaitBlocked();
            newer.commit();
            newer.setAutoCommit(true);

            assertThat(older)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(StaleFence.class);
        }
        assertThat(queue.count("select fence from key_fence")).isEqualTo(3);
    }

    @Test
    void aNewerAttemptWaitsForAnOlderOneThatWrites() throws SQLException {
        queue.tamper("create table key_fence (name varchar(255) primary key, fence bigint not null)");
        admit("key_fence", 1);
        try (Connection older = queue.dataSource.getConnection()) {
            older.setAutoCommit(false);
            new FenceTable("key_fence").admit(older, "K", 2);
            CompletableFuture<Void> newer = CompletableFuture.runAsync(() -> admitted(3));
            queue.awaitBlocked();
            older.commit();
            older.setAutoCommit(true);

            assertThat(newer).succeedsWithin(Duration.ofSeconds(30));
        }
        assertThat(queue.count("select fence from key_fence")).isEqualTo(3);
    }

    private void admitted(long fence) {
        try {
            admit("key_fence", fence);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void admit(String table, long fence) throws SQLException {
        try (Connection connection = queue.dataSource.getConnection()) {
            new FenceTable(table).admit(connection, "K", fence);
        }
    }

    private Claimed claimed() {
        return queue.claim(1, "mail").get(0);
    }

    private void retry(Claimed claimed) {
        queue.finish(report(claimed, Outcome.retry("not yet")));
        queue.clock.advance(SOON);
        assertThat(queue.promote(10)).isEqualTo(1);
    }
}
