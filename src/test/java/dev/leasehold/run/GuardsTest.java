package dev.leasehold.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Changed;
import dev.leasehold.sql.Database;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A walk that cannot fail proves nothing: with any one guard taken out of the product it finds what that one keeps. */
class GuardsTest {

    private static final String SQL = "dev/leasehold/sql/";
    private static final String START = SQL + "postgresql/start.sql";
    private static final String FINISH = SQL + "postgresql/finish.sql";
    private static final String LOCKED_RUN = SQL + "LockedRun.java";
    private static final String EXPIRE_LEASES = "dev/leasehold/attempt/ExpireLeases.java";

    private static final String PAUSED_QUEUE = "p.tenant_id = l.tenant_id and p.queue in";
    private static final String NO_QUEUE = "p.tenant_id <> l.tenant_id and p.queue in";

    /** What keeps an invariant, and how it is taken out: where two guards stand behind one another, both of them. */
    enum Guard {
        FENCE_OF_A_START(
                "FENCE: a wrong start is accepted",
                new Changed()
                        .with(START, "and l.fence = i.fence and l.owner", "and l.owner")
                        .with(
                                START,
                                "select l.run_id, i.fence, i.attempt_id",
                                "select l.run_id, l.fence, i.attempt_id")),
        FENCE_OF_A_FINISH(
                "FENCE: a wrong finish is accepted",
                new Changed()
                        .with(
                                FINISH,
                                "and l.fence = (select fences from input)[width_bucket(l.run_id, (select run_ids from input))]",
                                "")),
        FENCE_OF_A_RENEWAL(
                "FENCE: a wrong renewal is accepted",
                new Changed().with(LOCKED_RUN, " && lease.fence() == number", "")),
        FENCE_OF_A_LEASE(
                "REPLAY",
                new Changed()
                        .with(SQL + "postgresql/claim.sql", "fence = r.fence + 1,", "")
                        .with(SQL + "postgresql/claim_and_start.sql", "fence = r.fence + 1,", "")),
        EXPIRY(
                "LEASES_LAST",
                new Changed()
                        .with(EXPIRE_LEASES, "overran || !now.isBefore(lease.expiry())", "true")
                        .with(
                                SQL + "common/lapsed_leases.sql",
                                "coalesce(n.expiry, l.expiry) <= :now",
                                ":now is not null")),
        STATE_OF_A_START(
                "REPLAY",
                new Changed().with(START, " and l.attempt_id is null", "").with(START, " and r.state = 'Leased'", "")),
        STATE_OF_A_RESUMPTION(
                "REPLAY",
                new Changed()
                        .with(
                                "dev/leasehold/run/ResumeRuns.java",
                                "!Transition.RESUME.sources().contains(Orders.state(run))",
                                "Orders.state(run).terminal()")),
        STATE_OF_A_CANCELLATION(
                Invariant.DISPATCHES_WITHIN_POLICY.name(),
                new Changed()
                        .with(
                                "dev/leasehold/run/CancelRuns.java",
                                "if (state.terminal()) {",
                                "if (state == RunState.CANCELED) {")),
        CAP(
                Invariant.ATTEMPTS_WITHIN_CAP.name(),
                new Changed()
                        .with(
                                "dev/leasehold/attempt/Verdict.java",
                                "effectiveAttempt == policy.maxAttempts()",
                                "effectiveAttempt < 0")),
        LOCK_OF_A_PERMIT(
                Invariant.USED_IS_A_RECOUNT.name(),
                new Changed().with(SQL + "common/lock_free_permits.sql", "for update skip locked", "")),
        LOCK_OF_A_RETURN(
                Invariant.USED_IS_A_RECOUNT.name(),
                new Changed().with(SQL + "common/lock_permits.sql", "for update", "")),
        LOCK_OF_A_RUN(
                "LEASES_LAST|COMMANDS_ANSWER|REPLAY",
                new Changed().with(SQL + "common/lock_runs.sql", "for update", "")),
        VERSION_OF_AN_ORDER(
                "ORDER: a wrong",
                new Changed()
                        .with(
                                "dev/leasehold/run/Orders.java",
                                "expected == null || expected == run.tip().version()",
                                "expected == null || expected > 0")),
        STATE_OF_A_MOVE(
                "REPLAY|COMMANDS_ANSWER",
                new Changed()
                        .with(
                                "dev/leasehold/run/MoveRuns.java",
                                "EnumSet.of(RunState.SCHEDULED, RunState.READY, RunState.RETRY_WAIT, RunState.SUSPENDED)",
                                "EnumSet.allOf(RunState.class)")),
        STATE_OF_A_RESCHEDULE(
                "REPLAY|COMMANDS_ANSWER",
                new Changed()
                        .with(
                                "dev/leasehold/run/RescheduleRuns.java",
                                "Orders.state(run) != RunState.SCHEDULED",
                                "Orders.state(run).terminal()")),
        ONE_RERUN(
                Invariant.DISPATCHES_WITHIN_POLICY.name(),
                new Changed()
                        .with(
                                "dev/leasehold/run/Reruns.java",
                                "rerun == null ? null : new AlreadyRerun(run.id(), rerun)",
                                "null")),
        PAUSE_OF_A_QUEUE(
                "PAUSED",
                new Changed()
                        .with(SQL + "postgresql/claim.sql", PAUSED_QUEUE, NO_QUEUE)
                        .with(SQL + "postgresql/claim_and_start.sql", PAUSED_QUEUE, NO_QUEUE)
                        .with(SQL + "postgresql/candidates.sql", PAUSED_QUEUE, NO_QUEUE)),
        PAUSE_OF_A_TASK(
                "PAUSED",
                new Changed()
                        .with("dev/leasehold/task/PauseTasks.java", "order.taskId(), true)", "order.taskId(), false)")),
        TALLY_OF_A_FINISH(
                Invariant.TALLY_IS_A_RECOUNT.name(),
                new Changed()
                        .with(
                                FINISH,
                                "from updated u\n  having count(*) > 0",
                                "from updated u\n  having count(*) < 0")),
        TALLY_OF_WHAT_IS_STORED_RUN_BY_RUN(
                Invariant.TALLY_IS_A_RECOUNT.name(),
                new Changed().with(SQL + "Events.java", "TallyStatement.insert(connection, events);", "")),
        HORIZON_OF_A_FOLD(
                Invariant.TALLY_IS_A_RECOUNT.name(),
                new Changed().with(SQL + "TallyStatement.java", "Math.min(horizon, below)", "Math.min(ticket, below)")),
        END_OF_A_TASK_THAT_IS_FIRED(
                Invariant.CANCELED_TASK_HAS_ENDED.name(),
                new Changed().with("dev/leasehold/task/HeldTasks.java", "task.canceledAt() != null", "false")),
        END_OF_A_TASK_THAT_IS_RERUN(
                Invariant.CANCELED_TASK_HAS_ENDED.name(),
                new Changed()
                        .with(
                                "dev/leasehold/run/Reruns.java",
                                "held.canceledTasks().contains(run.place().task())",
                                "false"));

        /** What a line begins with that says so. */
        private final String kept;

        @SuppressWarnings("ImmutableEnumChecker") // nothing changes it once it is there
        private final Changed changed;

        Guard(String invariants, Changed changed) {
            this.kept = "(?s)(w\\d: )?(" + invariants + ").*";
            this.changed = changed;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWalkWithoutItFindsWhatItKeeps(Guard guard) throws ReflectiveOperationException {
        long seed = Long.getLong("leasehold.seed", new Random().nextLong());
        Class<?> walk = guard.changed.loader().loadClass(Walk.class.getName());

        List<?> broken = (List<?>) walk.getMethod("brokenUntil", String.class, String.class, long.class)
                .invoke(null, guard.kept, Database.POSTGRESQL.name(), seed);

        System.out.println("without " + guard + ": " + counts(broken));
        assertThat(broken).as("seed %s", seed).anyMatch(line -> line.toString().matches(guard.kept));
    }

    private static Map<String, Long> counts(List<?> broken) {
        return broken.stream()
                .collect(Collectors.groupingBy(
                        line -> line.toString()
                                .replaceFirst("^\\w+: (?=FENCE|COMM)", "")
                                .replaceFirst(":.*", ""),
                        TreeMap::new,
                        Collectors.counting()));
    }
}
