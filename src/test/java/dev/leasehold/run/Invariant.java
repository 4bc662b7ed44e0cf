package dev.leasehold.run;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** What holds between the rows of a database at every instant, each as a query for whatever breaks it. */
public enum Invariant {
    /** A run carries its last event's position and instant. */
    LAST_EVENT("""
            select r.run_id from leasehold.run r
            join leasehold.event e on e.tenant_id = r.tenant_id and e.run_id = r.run_id and e.version = r.version
            where r.pos <> e.pos or r.last_event_at <> e.occurred_at
            """),
    /** A run can be claimed, or is parked, exactly while it is Ready and not held. */
    CLAIM_INDEX("""
            select run_id from leasehold.run
            where (state = 'Ready' and not held and not waits) <> (claim_lane is not null or parked_on is not null)
              or claim_lane <> lane_id
            """),
    /** A run waits exactly while one of its waits blocks it, and only where it is not under way. */
    WAITS("""
            select r.run_id from leasehold.run r
            where r.waits <> (exists (
                select 1 from leasehold.wait w where w.tenant_id = r.tenant_id and w.run_id = r.run_id and w.blocks))
              or (r.waits and r.state not in ('Scheduled', 'Ready', 'RetryWait', 'Suspended'))
            union all
            select w.run_id from leasehold.wait w
            left join leasehold.run r on r.tenant_id = w.tenant_id and r.run_id = w.run_id
            left join leasehold.event e
              on e.tenant_id = w.tenant_id and e.run_id = w.run_id and e.version = w.event_seq
            where r.run_id is null or e.run_id is null
              or (w.status = 'waiting') <> (w.completed_at is null)
              or (w.blocks and w.status in ('woken', 'cancelled'))
              or (w.status = 'waiting' and not w.blocks)
            """),
    /** On PostgreSQL, where claims read a table: it has a row for each run that can be claimed, at its place, and no other. */
    READY_IS_WHAT_CAN_BE_CLAIMED("""
            select coalesce(r.run_id, q.run_id) from leasehold.ready q
            full join (select * from leasehold.run where claim_lane is not null) r
              on r.tenant_id = q.tenant_id and r.run_id = q.run_id and r.claim_lane = q.lane_id
              and ~ r.priority = q.rank and r.scheduled_at = q.scheduled_at
            where r.run_id is null or q.run_id is null or r.expires_at is distinct from q.expires_at
            """),
    /** A run is parked only on a permit that knows it. */
    PARKED_IS_WAITED_FOR("""
            select r.run_id from leasehold.run r
            join leasehold.permit p on p.tenant_id = r.tenant_id and p.permit_id = r.parked_on
            where not p.waiting
            """),
    /** No run is attempted more often than its task allows, suspended attempts left out. */
    ATTEMPTS_WITHIN_CAP("""
            select r.run_id from leasehold.run r
            join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
            where r.attempts_started - r.attempts_suspended > t.max_attempts
            """),
    /** A task has no more runs than its policy says and one open re-run of each at most; a run ends once. */
    DISPATCHES_WITHIN_POLICY("""
            select t.task_id from leasehold.task t
            where (
                select count(*) from leasehold.run r
                where r.tenant_id = t.tenant_id and r.task_id = t.task_id
                  and (r.created_at = t.created_at or exists (
                    select 1 from leasehold.firing f where f.tenant_id = r.tenant_id and f.run_id = r.run_id))
                  and not exists (
                    select 1 from leasehold.rerun n where n.tenant_id = r.tenant_id and n.run_id = r.run_id))
              > case
                when t.run_policy like '%Repeat%' then cast(
                  substring(
                    t.run_policy
                    from position('"count":' in t.run_policy) + 8
                    for position(',"interval' in t.run_policy) - position('"count":' in t.run_policy) - 8) as integer)
                else 1
                end
              and t.run_policy not like '%Cron%'
            union all
            select e.run_id from leasehold.event e
            where e.transitions like '%>Completed' or e.transitions like '%>Failed' or e.transitions like '%>Canceled'
            group by e.tenant_id, e.run_id
            having count(*) > 1
            union all
            select n.rerun_of from leasehold.rerun n
            join leasehold.run r on r.tenant_id = n.tenant_id and r.run_id = n.run_id
            where r.state not in ('Completed', 'Failed', 'Canceled')
            group by n.tenant_id, n.rerun_of
            having count(*) > 1
            """),
    /** A permit counts its holders. */
    USED_IS_A_RECOUNT("""
            select p.scope || ' ' || p.name || ' says ' || p.used from leasehold.permit p
            where p.used <> (
              select count(*) from leasehold.permit_holder h
              where h.tenant_id = p.tenant_id and h.permit_id = p.permit_id)
            """),
    /** A key whose limit nobody changes, which is told by its name, is held by one run. */
    ONE_RUN_OF_A_KEY("""
            select p.name || ' has ' || count(*) from leasehold.permit p
            join leasehold.permit_holder h on h.tenant_id = p.tenant_id and h.permit_id = p.permit_id
            where p.scope = 'key' and p.name like 'only%'
            group by p.name
            having count(*) > 1
            """),
    /** A run holds its key exactly while it is leased, and while it waits to go on where its task says so. */
    KEY_IN_HAND("""
            select r.run_id from leasehold.run r
            join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
            where t.key_permit is not null
              and (r.state in ('Leased', 'Running')
                or (t.hold_policy = 'HoldDuringRetry' and r.attempts_started > 0
                  and r.state in ('Ready', 'RetryWait', 'Suspended')))
              <> (exists (
                select 1 from leasehold.permit_holder h
                where h.tenant_id = r.tenant_id and h.permit_id = t.key_permit and h.run_id = r.run_id))
            """),
    /** Where tasks are called off together with their runs: those have all ended, and no other one came. */
    CANCELED_TASK_HAS_ENDED("""
            select r.run_id || ' is ' || r.state from leasehold.run r
            join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
            where t.canceled_at is not null and r.state not in ('Completed', 'Failed', 'Canceled')
            """),
    /** Only after everything was let go: how many runs stand where. */
    EVERYTHING_ENDS("""
            select count(*) || ' are ' || r.state || case when r.held then ', held' else '' end
              || case when r.claim_lane is not null then ', free' else '' end
              || coalesce(', parked on ' || p.scope || ' ' || p.name || ' used ' || p.used || ' of ' || coalesce(cast(p.most as varchar), 'any') || case when p.waiting then ', waiting' else '' end, '')
            from leasehold.run r
            left join leasehold.permit p on p.tenant_id = r.tenant_id and p.permit_id = r.parked_on
            where r.state not in ('Completed', 'Failed', 'Canceled')
            group by r.state, r.held, r.claim_lane is not null, p.scope, p.name, p.used, p.most, p.waiting
            """),
    /** What is told of how many there are, and of the newest event, is what a recount finds, of every tenant and at once. */
    TALLY_IS_A_RECOUNT("""
            select d.tenant_id || ' is wrong by ' || sum(d.tasks) || ' tasks, ' || sum(d.attempts) || ' attempts, runs '
              || sum(d.scheduled) || ' ' || sum(d.ready) || ' ' || sum(d.leased) || ' ' || sum(d.running) || ' ' || sum(d.retry_wait) || ' ' || sum(d.suspended) || ' ' || sum(d.completed) || ' ' || sum(d.failed) || ' ' || sum(d.canceled)
              || ', at ' || max(d.told) || ' instead of ' || max(d.found)
            from (
              select tenant_id, coalesce(tasks, 0) as tasks, coalesce(attempts, 0) as attempts,
                coalesce(scheduled, 0) as scheduled, coalesce(ready, 0) as ready, coalesce(leased, 0) as leased, coalesce(running, 0) as running, coalesce(retry_wait, 0) as retry_wait, coalesce(suspended, 0) as suspended, coalesce(completed, 0) as completed, coalesce(failed, 0) as failed, coalesce(canceled, 0) as canceled,
                coalesce(pos, 0) as told, 0 as found
              from leasehold.tally
              where place >= (select f.place from leasehold.tally_floor f)
              union all
              select tenant_id, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from leasehold.task
              union all
              select tenant_id, 0, - attempts_started,
                case when state = 'Scheduled' then -1 else 0 end,
                case when state = 'Ready' then -1 else 0 end,
                case when state = 'Leased' then -1 else 0 end,
                case when state = 'Running' then -1 else 0 end,
                case when state = 'RetryWait' then -1 else 0 end,
                case when state = 'Suspended' then -1 else 0 end,
                case when state = 'Completed' then -1 else 0 end,
                case when state = 'Failed' then -1 else 0 end,
                case when state = 'Canceled' then -1 else 0 end,
                0, 0
              from leasehold.run
              union all
              select tenant_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, max(pos) from leasehold.event group by tenant_id
              union all
              select tenant_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, removed_pos from leasehold.tenant where removed_pos > 0) d
            group by d.tenant_id
            having sum(d.tasks) <> 0 or sum(d.attempts) <> 0 or max(d.told) <> max(d.found)
              or sum(d.scheduled) <> 0 or sum(d.ready) <> 0 or sum(d.leased) <> 0 or sum(d.running) <> 0 or sum(d.retry_wait) <> 0 or sum(d.suspended) <> 0 or sum(d.completed) <> 0 or sum(d.failed) <> 0 or sum(d.canceled) <> 0
            union all
            select t.tenant_id || ' has a row below the floor' from leasehold.tally t
            where t.place < (select f.place from leasehold.tally_floor f)
            """),
    /** A run knows whether it holds something that it has to give back, and once it has ended it does not. */
    HOLDS_IS_TRUE("""
            select r.run_id from leasehold.run r
            where r.holds <> (exists (
                select 1 from leasehold.permit_holder h
                where h.tenant_id = r.tenant_id and h.run_id = r.run_id and h.until is null))
              or (r.holds and r.state in ('Completed', 'Failed', 'Canceled'))
            """);

    private final String query;

    Invariant(String query) {
        this.query = query;
    }

    /** Whatever breaks it, a line each that begins with its name. */
    public List<String> broken(DataSource source) {
        return broken(source, List.of(this));
    }

    private List<String> broken(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        if (this == READY_IS_WHAT_CAN_BE_CLAIMED
                && connection.getMetaData().getDatabaseProductName().equals("H2")) {
            return lines;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.add(this + ": " + rows.getString(1));
            }
        }
        return lines;
    }

    /** Those that hold at every instant. */
    public static List<Invariant> always() {
        return Stream.of(values())
                .filter(one -> one != EVERYTHING_ENDS && one != CANCELED_TASK_HAS_ENDED)
                .toList();
    }

    /** Those that hold at every instant of a walk, which calls tasks off as HTTP does. */
    public static List<Invariant> ofWalks() {
        return Stream.of(values()).filter(one -> one != EVERYTHING_ENDS).toList();
    }

    /** Those that are asked often. */
    static List<Invariant> cheap() {
        return List.of(USED_IS_A_RECOUNT, ONE_RUN_OF_A_KEY, CANCELED_TASK_HAS_ENDED);
    }

    /** Whatever breaks one of those, each asked in one statement and so of one instant. */
    public static List<String> broken(DataSource source, List<Invariant> some) {
        List<String> lines = new ArrayList<>();
        try (Connection connection = source.getConnection()) {
            for (Invariant one : some) {
                lines.addAll(one.broken(connection));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }
}
