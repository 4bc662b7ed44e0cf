package dev.leasehold.sql;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A look at a run reads as much as it shows, whatever the tables hold; only what it counts grows with the run, by index. {@code -Dobserved.runs} and
 * {@code -Dobserved.own} make both larger; the figures are printed.
 */
class ObservationCostTest {

    private static final int RUNS = Integer.getInteger("observed.runs", 3_000);
    private static final int OWN = Integer.getInteger("observed.own", 2_000);
    private static final int OTHERS = 19;
    private static final int SHOWN = 100;

    private final Fixture queue = new Fixture(Database.POSTGRESQL);

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void whatIsReadDoesNotGrowWithTheTables() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        Map<String, Long> before = buffers(run);
        fill(run, 10 * OWN);
        for (int other = 0; other < OTHERS; other++) {
            fill(queue.run(NewTask.of("mail")), OWN / 10);
        }
        copies(run);
        queue.tamper("vacuum analyze");

        Map<String, Long> after = buffers(run);

        System.out.println("blocks of a look at a run: " + before + " before, " + after + " with " + RUNS + " runs");
        long counting = after.remove("observed_counts");
        assertThat(after.values()).allMatch(blocks -> blocks <= 5 * SHOWN, after.toString());
        assertThat(counting).isLessThan(OWN);
        assertThat(counted(run).waits()).isEqualTo(OWN);
    }

    private ObservationStatement.Counts counted(UUID run) {
        return queue.in(() -> queue.get(QueueSession.class)
                .work(connection -> queue.get(ObservationStatement.class).counts(connection, CALLER.tenant(), run)));
    }

    private Map<String, Long> buffers(UUID run) {
        Map<String, Long> blocks = new LinkedHashMap<>();
        for (String name : List.of(
                "newest_waits",
                "first_blocking_waits",
                "newest_letters",
                "unsettled_letters",
                "newest_audit",
                "events_before",
                "observed_counts")) {
            blocks.put(
                    name,
                    queue.in(() -> queue.get(QueueSession.class).work(connection -> {
                        Sql sql = Sql.of("common", name);
                        of(connection, sql, run);
                        return of(connection, sql, run);
                    })));
        }
        return blocks;
    }

    private static long of(Connection connection, Sql sql, UUID run) {
        Values values = new Values()
                .set("tenant", CALLER.tenant())
                .set("run_id", run)
                .set("after", 0)
                .set("before", Integer.MAX_VALUE)
                .set("max", SHOWN);
        try {
            return Buffers.of(connection, sql, values);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every second wait is over, every second letter settled. */
    private void fill(UUID run, int events) {
        String own = "select '" + CALLER.tenant() + "', ";
        queue.tamper(
                "insert into leasehold.wait (tenant_id, wait_id, run_id, kind, status, blocks, reminders, event_seq,"
                        + " created_at, updated_at) " + own + "'" + run + "-' || i, '" + run + "', 'external',"
                        + " case when i % 2 = 0 then 'waiting' else 'woken' end, i % 2 = 0, 0, i, now(), now()"
                        + " from generate_series(1, " + OWN + ") i");
        queue.tamper(
                "insert into leasehold.dead_letter (tenant_id, dead_letter_id, source_type, source_id, run_id, task_id,"
                        + " reason, status, attempts, created_at, updated_at, retry_dispatch_count, fingerprint, failed_at) "
                        + own + "'" + run
                        + "-' || i, 'wait', 'w', '" + run + "', '" + run + "', 'no',"
                        + " case when i % 2 = 0 then 'open' else 'ignored' end, 1, now(), now(), 0, '0', now()"
                        + " from generate_series(1, " + OWN + ") i");
        queue.tamper(
                "insert into leasehold.event (tenant_id, run_id, version, pos, type, occurred_at, actor, transitions) "
                        + own + "'" + run + "', i, 1, 'note.appended', now(), 'a', '' from generate_series(2, "
                        + events
                        + ") i");
        queue.tamper(
                "insert into leasehold.audit_record (tenant_id, seq, event_id, event_type, actor, created_at_ms, run_id,"
                        + " payload, prev_hash, record_hash) " + own + "m.top + i, '" + run
                        + "-' || i, 'run.held', 'a', 0, '"
                        + run + "', '{}', 'x', 'y' from generate_series(1, " + OWN
                        + ") i, (select coalesce(max(seq), 0) top from leasehold.audit_record) m");
    }

    private void copies(UUID run) {
        queue.tamper("""
                insert into leasehold.run
                select r.tenant_id, gen_random_uuid(), r.task_id, r.lane_id, 'Completed', null, null, r.held, r.gated,
                  r.holds, r.waits, r.again, null, null, r.priority, r.scheduled_at, r.created_at, r.last_event_at, r.version,
                  r.fence, r.pos, r.attempts_started, r.attempts_suspended
                from leasehold.run r, generate_series(1, %d)
                where r.run_id = '%s'
                """.formatted(RUNS, run));
    }
}
