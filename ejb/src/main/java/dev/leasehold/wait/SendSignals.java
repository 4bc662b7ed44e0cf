package dev.leasehold.wait;

import dev.leasehold.fault.Fault;
import dev.leasehold.run.Order;
import dev.leasehold.run.Orders;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.run.RunChanges;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.SignalRow;
import dev.leasehold.sql.SignalStatement;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.sql.WaitStatement;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import dev.leasehold.wait.WaitEffects.Effect;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells runs something, whatever they do: it is recorded first, and the oldest wait for that name takes it, or else the next one
 * to be opened. So the k-th wait for a name has the k-th signal of that name (aion 9).
 */
@Stateless
public class SendSignals {

    /** The most signals of a name that a run keeps for waits to come. */
    public static final int MOST = 10_000;

    /**
     * What is sent.
     *
     * @param order the run
     * @param name what it is called, as {@link dev.leasehold.api.Awaited#name()}
     * @param payload a JSON document of at most 16384 bytes of UTF-8, if there is one
     */
    public record Request(
            Order order, String name, @Nullable String payload) {}

    /**
     * What became of it.
     *
     * @param row the signal as it is recorded; null when it was refused
     * @param state the state's word of its run
     * @param refusal why not
     */
    public record Result(
            @Nullable SignalRow row,
            @Nullable String state,
            @Nullable Fault refusal) {

        static Result refused(Fault why) {
            return new Result(null, null, why);
        }
    }

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    SignalStatement statement;

    @Inject
    WaitStatement waits;

    @Inject
    RunChanges changes;

    @Inject
    ReadyBell bell;

    /**
     * Sends signals; a refused request leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param requests what is sent; to one run in that order
     * @return a result for each, in order; {@link SignalRefused} where the run has ended, or keeps too many
     */
    public List<Result> execute(Caller caller, List<Request> requests) {
        Instant now = clock.instant();
        changes.hold(caller, requests.stream().map(one -> one.order().runId()).toList());
        bell.ringOnCommit();
        return requests.stream().map(one -> send(caller, now, one)).toList();
    }

    private Result send(Caller caller, Instant now, Request request) {
        Order order = request.order();
        LockedRun run = changes.hold(caller, List.of(order.runId())).get(order.runId());
        Fault refusal = Orders.refusal(order, run);
        if (refusal != null || run == null) {
            return new Result(null, null, refusal);
        }
        if (RunState.of(run.state()).terminal()) {
            return Result.refused(SignalRefused.over(run.id(), run.state()));
        }
        SignalRow next = next(run, request, now);
        SignalRow oldest = session.work(connection -> statement.next(connection, next.tenant(), run.id(), next.name()))
                .orElse(next);
        if (next.ordinal() - oldest.ordinal() >= MOST) {
            return Result.refused(SignalRefused.tooMany(run.id(), next.name(), MOST));
        }
        return store(caller, now, run, next, order.reason());
    }

    private SignalRow next(LockedRun run, Request request, Instant now) {
        int last =
                session.work(connection -> statement.last(connection, run.tip().tenant(), run.id(), request.name()));
        return new SignalRow(
                run.tip().tenant(),
                run.id(),
                run.tip().version() + 1,
                request.name(),
                last + 1,
                request.payload(),
                null,
                now);
    }

    private Result store(Caller caller, Instant now, LockedRun run, SignalRow signal, @Nullable String reason) {
        List<WaitRow> blocking =
                session.work(connection -> waits.blocking(connection, signal.tenant(), List.of(run.id())));
        Optional<Effect> effect =
                taker(blocking, signal).map(wait -> WaitEffects.signalled(run, blocking, wait, signal, now));
        Change still = Change.to(run, "", run.state(), reason).dueAt(run.dueAt());
        Change change = effect.map(Effect::change).orElse(still);
        changes.store(
                caller,
                now,
                List.of(change.type("signal.received")
                        .reason(reason)
                        .data(WaitEffects.data(
                                signal, effect.map(Effect::change).orElse(null)))));
        SignalRow row = signal.taken(effect.map(one -> one.row().id()).orElse(null));
        session.work(connection -> {
            statement.insert(connection, row);
            if (effect.isPresent()) {
                waits.set(connection, effect.get().row(), null);
            }
            return row;
        });
        return new Result(row, change.state(), null);
    }

    /** The oldest wait for it; one that took too long takes nothing any more. */
    private static Optional<WaitRow> taker(List<WaitRow> blocking, SignalRow signal) {
        return blocking.stream()
                .filter(wait -> signal.name().equals(wait.name()) && Waits.answerable(wait))
                .findFirst();
    }
}
