package dev.leasehold.run;

import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.Terms;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Nodes;
import dev.leasehold.database.Race;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.ResumeQueues;
import dev.leasehold.queue.SetLimits;
import dev.leasehold.run.Tally.Ask;
import dev.leasehold.schedule.DeriveRuns;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitScope;
import dev.leasehold.task.ResumeTasks;
import dev.leasehold.task.TaskOrder;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands in random order, right and wrong ones, through the beans of one node on H2 and of two on PostgreSQL, whose
 * clocks are 400 ms apart, and what they broke.
 */
public final class Walk implements AutoCloseable {

    private static final int COMMANDS = 1000;
    private static final int THREADS = 4;
    private static final int MOST_ROUNDS = 12;
    private static final int MOST_ROUNDS_WITHOUT_A_GUARD = 60;
    private static final int MOST_SWEEPS = 50;
    private static final int MANY = 10_000;
    private static final Duration APART = Duration.ofMillis(400);

    /** Bad values are refused before commands are given. */
    private static final Set<Ask> NEVER_REFUSED = EnumSet.of(
            Ask.SUBMIT, Ask.CLAIM, Ask.LIMIT_KEY, Ask.LIMIT_QUEUE, Ask.LIMIT_TYPE, Ask.CLEAR_LIMIT, Ask.RATE);

    private final Nodes nodes;
    private final Fixture first;
    private final RandomWorker[] workers;
    private final Tenures tenures = new Tenures();
    private final Tally tally = new Tally();

    Walk(Database database, long seed) {
        nodes = new Nodes(database, 2, APART);
        first = nodes.first();
        workers = new RandomWorker[database == Database.H2 ? 1 : THREADS];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new RandomWorker(nodes.of(i), "w" + i, new Random(seed + i), tenures, tally);
        }
    }

    /**
     * Walks until a line of what is broken matches, or as far as the walk goes at most, and answers what is broken then:
     * what breaks first may be what follows from it. Only what the platform knows is passed.
     */
    public static List<String> brokenUntil(String expected, String database, long seed) {
        Pattern line = Pattern.compile(expected);
        try (Walk walk = new Walk(Database.valueOf(database), seed)) {
            List<String> broken = List.of();
            for (int i = 0; i < MOST_ROUNDS_WITHOUT_A_GUARD; i++) {
                walk.round(COMMANDS / 2);
                broken = walk.broken();
                if (broken.stream().anyMatch(line.asMatchPredicate())) {
                    return broken;
                }
            }
            return broken.isEmpty() ? walk.drained() : broken;
        }
    }

    /** Walks until every step was taken and everything was asked for, or as far as the walk goes at most. */
    void untilEverythingHappened() {
        int rounds = 0;
        do {
            round(COMMANDS);
        } while (++rounds < MOST_ROUNDS
                && !(stepsTaken().equals(stepsThatCommandsTake())
                        && neverAsked().isEmpty()));
    }

    private void round(int commands) {
        Race.of(workers.length, number -> workers[number].walkOn(commands / workers.length));
    }

    /** What was not carried out, or not refused where it can be. */
    List<String> neverAsked() {
        return tally.missing(NEVER_REFUSED);
    }

    /** What was asked for. */
    Tally tally() {
        return tally;
    }

    /** What does not hold, a line each. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        for (RandomWorker worker : workers) {
            broken.addAll(worker.surprises());
        }
        first.in(() -> Replay.faults(first.get(EntityManager.class))).forEach(fault -> broken.add("REPLAY: " + fault));
        broken.addAll(Invariant.broken(first.dataSource, Invariant.ofWalks()));
        broken.addAll(tenures.broken(first.dataSource));
        return broken;
    }

    /** Opens every gate, lets everything come to its end, and answers what does not. */
    List<String> drained() {
        for (PermitScope scope : List.of(PermitScope.KEY, PermitScope.QUEUE, PermitScope.TYPE)) {
            List<Limit> limits = RandomOperator.named(scope).stream()
                    .map(name -> new Limit(scope, name, null))
                    .toList();
            first.in(() -> first.get(SetLimits.class).execute(Fixture.CALLER, limits));
        }
        first.submit(RandomOperator.rated(MANY));
        List<PauseOrder> paused = RandomOperator.PAUSED.stream()
                .map(queue -> new PauseOrder(queue, null))
                .toList();
        first.in(() -> first.get(ResumeQueues.class).execute(Fixture.CALLER, paused));
        for (int i = 0; i < MOST_SWEEPS && unfinished() > 0; i++) {
            sweep(nodes.of(i));
        }
        first.clock.advance(Duration.ofMinutes(1));
        first.in(() -> first.get(UnparkRuns.class).execute(Fixture.CALLER, List.of(1000)));
        List<String> broken = broken();
        broken.addAll(Invariant.EVERYTHING_ENDS.broken(first.dataSource));
        add(broken, "permits kept", first.count("select count(*) from leasehold.permit_holder"));
        add(broken, "leases kept", first.count("select count(*) from leasehold.lease"));
        return broken;
    }

    private static void add(List<String> broken, String what, long count) {
        if (count > 0) {
            broken.add(what + ": " + count);
        }
    }

    private long unfinished() {
        return first.count("""
                select (select count(*) from leasehold.run where state not in ('Completed', 'Failed', 'Canceled'))
                  + (select count(*) from leasehold.schedule where next_at is not null)
                """);
    }

    private static void sweep(Fixture node) {
        node.clock.advance(Duration.ofSeconds(3));
        for (RunState state : List.of(RunState.SCHEDULED, RunState.READY, RunState.RETRY_WAIT)) {
            order(node, UnholdRuns.class, state);
        }
        order(node, ResumeRuns.class, RunState.SUSPENDED);
        resumeTasks(node);
        node.in(() -> node.get(DeriveRuns.class).execute(Fixture.CALLER, List.of(1000)));
        node.promote(1000);
        node.expire();
        node.in(() -> node.get(ExpireRuns.class).execute(Fixture.CALLER, List.of(1000)));
        node.in(() -> node.get(UnparkRuns.class).execute(Fixture.CALLER, List.of(1000)));
        List<Claimed> claimed = node.claim(new ClaimRuns.Request(
                new ClaimRuns.Holder("w", null),
                new ClaimRuns.Filter(null, null, List.of(), List.of("gpu")),
                1000,
                Duration.ofSeconds(30),
                true));
        node.finish(claimed.stream()
                .map(one -> new FinishAttempts.Report(
                        "w", one.runId(), one.attemptId(), one.fence(), Outcome.success(), Terms.of(one)))
                .toArray(FinishAttempts.Report[]::new));
    }

    private static void resumeTasks(Fixture node) {
        node.in(() -> {
            List<TaskOrder> paused = node.get(EntityManager.class)
                    .createQuery(
                            "select t.key.taskId from Task t where t.canceledAt is null and exists"
                                    + " (select 1 from PausedTask p where p.key = t.key)",
                            UUID.class)
                    .getResultStream()
                    .map(TaskOrder::of)
                    .toList();
            return node.get(ResumeTasks.class).execute(Fixture.CALLER, paused);
        });
    }

    private static void order(Fixture node, Class<?> command, RunState state) {
        List<Order> orders = node.in(() ->
                node
                        .get(Runs.class)
                        .page(Fixture.CALLER, new RunFilter(Set.of(state), null, null, null), 0, 1000)
                        .stream()
                        .map(found -> Order.of(found.run().id()))
                        .toList());
        node.in(() -> command == UnholdRuns.class
                ? node.get(UnholdRuns.class).execute(Fixture.CALLER, orders)
                : node.get(ResumeRuns.class).execute(Fixture.CALLER, orders));
    }

    /** The steps that runs have taken. */
    Set<Step> stepsTaken() {
        EntityManager entities = first.get(EntityManager.class);
        return first.in(() -> entities.createQuery("select distinct e.transitions from RunEvent e", String.class)
                .getResultStream()
                .flatMap(transitions -> Step.parse(transitions).stream())
                .collect(Collectors.toSet()));
    }

    /** All but what no command does: to give up waiting. */
    static Set<Step> stepsThatCommandsTake() {
        return Stream.of(Transition.values())
                .flatMap(verb -> verb.steps().stream())
                .filter(step -> !step.equals(new Step(RunState.RETRY_WAIT, RunState.FAILED)))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        nodes.close();
    }
}
