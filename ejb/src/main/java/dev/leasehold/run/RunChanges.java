package dev.leasehold.run;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.letter.Endings;
import dev.leasehold.metric.Meter;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.ChangeStatement.Changing;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Rounds;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Holds named runs, has a rule decide about each, and stores what it decided: the way of every command on few runs. */
@ApplicationScoped
public class RunChanges {

    /**
     * What a rule made of one request.
     *
     * @param result the answer
     * @param change what to store; null when nothing changes
     */
    public record Decision<T>(T result, @Nullable Change change) {

        /** An answer that changes nothing. */
        public static <T> Decision<T> unchanged(T result) {
            return new Decision<>(result, null);
        }
    }

    /**
     * Who asks, and when.
     *
     * @param command an operator's, which the audit names; null where none is kept
     * @param caller the tenant, and whom the events name
     * @param now the command's instant
     */
    record Asking(@Nullable Class<?> command, Caller caller, Instant now) {}

    /** Decides about a request; the run is null when the caller's tenant has none of that id. */
    @FunctionalInterface
    public interface Rule<R, T> extends BiFunction<R, @Nullable LockedRun, Decision<T>> {}

    @Inject
    QueueSession session;

    @Inject
    ChangeStatement statement;

    @Inject
    Returns returns;

    @Inject
    Endings endings;

    @Inject
    EndBell ends;

    @Inject
    Meter meter;

    @Inject
    AuditTrail audit;

    /**
     * Decides about requests in the order of their runs; of a run that is named twice the second is decided as if it
     * came later.
     *
     * @param caller the tenant, and whom the events name
     * @param now the command's instant
     * @param requests what is asked
     * @param id the run that a request names
     * @param rule decides; it must not touch the database
     * @return the results, in the requests' order
     */
    public <R, T> List<T> decide(Caller caller, Instant now, List<R> requests, Function<R, UUID> id, Rule<R, T> rule) {
        return decide(new Asking(null, caller, now), requests, id, rule);
    }

    /** The same for whoever asks: what an operator's command changed goes into the audit, in the requests' order. */
    <R, T> List<T> decide(Asking asking, List<R> requests, Function<R, UUID> id, Rule<R, T> rule) {
        SortedMap<Integer, Change> made = new TreeMap<>();
        Map<Integer, T> results = new HashMap<>();
        List<Integer> places = IntStream.range(0, requests.size()).boxed().toList();
        for (List<Integer> round : Rounds.of(places, place -> id.apply(requests.get(place)))) {
            Map<UUID, LockedRun> held = hold(
                    asking.caller(),
                    round.stream().map(place -> id.apply(requests.get(place))).toList());
            List<Change> changes = new ArrayList<>();
            for (int place : round) {
                R request = requests.get(place);
                Decision<T> decision = rule.apply(request, held.get(id.apply(request)));
                results.put(place, decision.result());
                if (decision.change() != null) {
                    changes.add(decision.change());
                    made.put(place, decision.change());
                }
            }
            store(asking.caller(), asking.now(), changes);
        }
        record(asking, List.copyOf(made.values()));
        return places.stream()
                .map(place -> Objects.requireNonNull(results.get(place)))
                .toList();
    }

    private void record(Asking asking, List<Change> changes) {
        Class<?> command = asking.command();
        if (command != null) {
            audit.record(
                    asking.caller(),
                    asking.now(),
                    changes.stream()
                            .map(change -> RunEffects.of(command, change))
                            .toList());
        }
    }

    /** Holds runs until the transaction ends, in id order; those that do not exist are left out. */
    public Map<UUID, LockedRun> hold(Caller caller, List<UUID> runs) {
        Map<UUID, LockedRun> held = new HashMap<>();
        session.work(connection -> statement.lock(connection, caller.tenant(), runs))
                .forEach(run -> held.put(run.id(), run));
        return held;
    }

    /** Stores changes of runs that this transaction holds, and gives back the permits that they need no more. */
    public void store(Caller caller, Instant now, List<Change> changes) {
        Changing changing = new Changing(now, caller.subject(), RunState.READY.word());
        session.work(connection -> {
            statement.apply(connection, changing, changes);
            return changes;
        });
        Map<UUID, RunState> holders = new HashMap<>();
        changes.stream()
                .filter(change -> change.run().holds())
                .forEach(change -> holders.put(change.run().id(), RunState.of(change.state())));
        returns.of(caller, holders);
        List<Endings.End> over =
                changes.stream().filter(RunChanges::ends).map(RunChanges::end).toList();
        ends.ringOnCommit(caller, endings.of(caller, now, over));
        ends.failOnCommit(caller, () -> failed(changes));
        changes.forEach(change -> count(change, now));
    }

    private static Map<UUID, UUID> failed(List<Change> changes) {
        Map<UUID, UUID> failed = new HashMap<>();
        for (Change change : changes) {
            LockedRun.Held lease = change.run().lease();
            boolean fails = change.ending() != null && change.ending().result() != null;
            if (fails && lease != null && lease.attempt() != null) {
                failed.put(change.run().id(), lease.attempt().id());
            }
        }
        return failed;
    }

    private static boolean ends(Change change) {
        return RunState.of(change.state()).terminal()
                && !change.state().equals(change.run().state());
    }

    private static Endings.End end(Change change) {
        Endings.Kind kind = switch (RunState.of(change.state())) {
            case COMPLETED -> Endings.Kind.COMPLETED;
            case FAILED -> Endings.Kind.FAILED;
            default -> Endings.Kind.CANCELED;
        };
        Change.Ending ending = change.ending();
        return new Endings.End(change.run().id(), kind, change.run().again(), ending == null ? null : ending.error());
    }

    private void count(Change change, Instant now) {
        LockedRun.Held lease = change.run().lease();
        if (change.ending() != null && lease != null && lease.attempt() != null) {
            meter.attemptEnded(change.ending().result(), lease.attempt().startedAt(), now);
        }
        if (!change.state().equals(change.run().state())) {
            meter.runMoved(change.state(), RunState.of(change.state()).terminal());
        }
    }
}
