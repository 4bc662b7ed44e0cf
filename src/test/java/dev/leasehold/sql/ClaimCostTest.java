package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.database.Fixture;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a claim reads does not depend on what it may not take. The figures of docs are of 100,000 runs:
 * {@code -Dleasehold.claim-cost-runs=100000}.
 */
class ClaimCostTest {

    private static final int RUNS = Integer.getInteger("leasehold.claim-cost-runs", 5000);
    private static final NewTask MAIL = NewTask.of("mail");
    private static final Gates GPU = new Gates(null, null, List.of("gpu"), null, null, null);

    private enum Reason {
        HELD_KEY(MAIL.gates(Gates.key("K", HoldPolicy.HOLD_DURING_RETRY))),
        PAUSED_QUEUE(MAIL.queue("paused")),
        UNKNOWN_TYPE(NewTask.of("unknown")),
        MISSING_CAPABILITY(MAIL.gates(GPU)),
        PAUSED_TENANT(MAIL);

        @SuppressWarnings("ImmutableEnumChecker") // nobody keeps what its lists were made of
        private final NewTask task;

        Reason(NewTask task) {
            this.task = task;
        }
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void whatMayNotBeTakenIsNotRead(Reason reason) throws Exception {
        try (Fixture queue = new Fixture(Database.POSTGRESQL)) {
            queue.submit(Collections.nCopies(1000, MAIL).toArray(NewTask[]::new));
            analyze(queue);
            long alone = buffers(queue, 100);

            UUID model = queue.run(reason.task.priority(9));
            crowd(queue, reason, model);
            analyze(queue);
            long crowded = buffers(queue, 100);

            System.out.printf(
                    "claim of 100 with %d runs before: %s, %d buffers instead of %d%n", RUNS, reason, crowded, alone);
            assertThat(crowded).isLessThanOrEqualTo(2 * alone);
        }
    }

    /** Many runs like the model, each in the state in which claims have left or will always leave it. */
    private static void crowd(Fixture queue, Reason reason, UUID model) {
        if (reason == Reason.HELD_KEY) {
            queue.claim(1, "mail");
            model = queue.run(reason.task.priority(9));
            queue.lease(1, "mail");
        }
        if (reason == Reason.PAUSED_QUEUE) {
            queue.in(() ->
                    queue.get(PauseQueues.class).execute(Fixture.CALLER, List.of(new PauseOrder("paused", null))));
        }
        queue.tamper("""
                insert into leasehold.run
                select r.tenant_id, gen_random_uuid(), r.task_id, r.lane_id, r.state, r.claim_lane, r.parked_on, r.held, r.gated,
                  r.holds, r.waits, r.again, r.expires_at, r.due_at, r.priority, r.scheduled_at, r.created_at, r.last_event_at, r.version, r.fence,
                  r.pos, r.attempts_started, r.attempts_suspended
                from leasehold.run r, generate_series(1, %d)
                where r.run_id = '%s'
                """.formatted(RUNS, model));
        queue.tamper("""
                insert into leasehold.ready
                select tenant_id, claim_lane, ~ priority, scheduled_at, run_id, expires_at
                from leasehold.run where claim_lane is not null
                on conflict do nothing
                """);
        if (reason == Reason.PAUSED_TENANT) {
            otherTenant(queue, model);
        }
    }

    private static void otherTenant(Fixture queue, UUID model) {
        UUID other = new UUID(1, 1);
        queue.tamper("""
                insert into leasehold.lane (tenant_id, queue, type, requires, capabilities)
                select '%s', queue, type, requires, capabilities from leasehold.lane
                """.formatted(other));
        queue.tamper("""
                update leasehold.run set tenant_id = '%1$s',
                  lane_id = (select lane_id from leasehold.lane where tenant_id = '%1$s'),
                  claim_lane = (select lane_id from leasehold.lane where tenant_id = '%1$s')
                where priority = 9 and run_id <> '%2$s'
                """.formatted(other, model));
        queue.tamper("""
                update leasehold.ready set tenant_id = '%1$s',
                  lane_id = (select lane_id from leasehold.lane where tenant_id = '%1$s')
                where rank = ~ 9 and run_id <> '%2$s'
                """.formatted(other, model));
        queue.tamper("insert into leasehold.pause values ('" + other + "', '', now(), 'test', null)");
    }

    private static void analyze(Fixture queue) {
        queue.tamper("analyze leasehold.run");
        queue.tamper("analyze leasehold.ready");
    }

    /** Read by a claim, which is rolled back; the second time, when all is in memory and hints are set. */
    private static long buffers(Fixture queue, int max) throws Exception {
        read(queue, max);
        return read(queue, max);
    }

    /** Of the two claims the one that reads more. */
    private static long read(Fixture queue, int max) throws Exception {
        List<UUID> attempts = Stream.generate(UUID::randomUUID)
                .limit(max)
                .sorted(Values.BY_BITS)
                .toList();
        return Math.max(read(queue, "claim", max, List.of()), read(queue, "claim_and_start", max, attempts));
    }

    private static long read(Fixture queue, String claim, int max, List<UUID> attempts) throws Exception {
        try (Connection connection = queue.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                return read(connection, queue, Sql.of("postgresql", claim), max, attempts);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    @Test
    void anOldSnapshotDoesNotMakeClaimsCrawl() throws Exception {
        try (Fixture queue = new Fixture(Database.POSTGRESQL);
                Connection old = queue.dataSource.getConnection()) {
            queue.put(Floors.class, new Floors(queue.clock));
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            queue.submit(Collections.nCopies(1000, MAIL).toArray(NewTask[]::new));
            queue.run(MAIL.scheduledAt(queue.clock.instant().plusMillis(500)));
            analyze(queue);
            long before = buffers(queue, 10);
            queue.tamper("update leasehold.run set scheduled_at = scheduled_at + interval '1 hour'");
            queue.submit(Collections.nCopies(RUNS, MAIL).toArray(NewTask[]::new));
            old.createStatement().execute("select count(*) from leasehold.run");

            claimAllBut(1000, queue);
            queue.clock.advance(Duration.ofMillis(500));
            queue.promote(1);
            long after = buffers(queue, 10);
            queue.get(Floors.class).forget();
            long crawling = buffers(queue, 10);
            old.rollback();
            System.out.printf(
                    "claim of ten after %d under an old snapshot: %d buffers, %d before, %d from the front%n",
                    RUNS, after, before, crawling);
            assertThat(after).isLessThanOrEqualTo(2 * before);
            assertThat(crawling).isGreaterThan(after + RUNS / 50);
        }
    }

    private static void claimAllBut(int rest, Fixture queue) {
        while (queue.count("select count(*) from leasehold.ready") > rest) {
            queue.claim(500, "mail");
        }
    }

    private static long read(Connection connection, Fixture queue, Sql claim, int max, List<UUID> attempts)
            throws Exception {
        ClaimStatement.Holder holder = new ClaimStatement.Holder(
                Fixture.CALLER.tenant(),
                "w",
                null,
                "w",
                queue.clock.instant(),
                queue.clock.instant().plusSeconds(30),
                Duration.ZERO);
        Values values = holder.values()
                .with(new ClaimStatement.Claim(
                                List.of("mail"),
                                null,
                                List.of(),
                                List.of(),
                                max,
                                Long.MAX_VALUE,
                                floors(queue),
                                attempts)
                        .values());
        return Buffers.of(connection, claim, values);
    }

    private static List<LanePlace> floors(Fixture queue) {
        Floors.Look look = queue.get(Floors.class).look();
        look.end(true);
        return look.places();
    }
}
