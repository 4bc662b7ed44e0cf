package dev.leasehold.wait;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.run.RunChanges;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.sql.WaitStatement;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import dev.leasehold.wait.WaitEffects.Answer;
import dev.leasehold.wait.WaitEffects.Effect;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells waits that what they were opened for has happened; repeating that is answered as the first time. */
@Stateless
public class ResolveWaits {

    /**
     * What has happened.
     *
     * @param waitId the wait
     * @param key its teller's name for it, 1 to 512 characters: who repeats it with the same payload is told so
     * @param payload a JSON document of at most 16384 bytes of UTF-8, if there is one
     * @param members the types of its members by their names, where it is an object
     * @param reason why, for the history
     */
    public record Request(
            String waitId,
            String key,
            @Nullable String payload,
            Map<String, String> members,
            @Nullable String reason) {}

    /**
     * What became of it.
     *
     * @param row the wait as it stands now; null when it was refused
     * @param state the state's word of its run
     * @param duplicate whether it was told so before
     * @param refusal why not
     */
    public record Result(
            @Nullable WaitRow row,
            @Nullable String state,
            boolean duplicate,
            @Nullable Fault refusal) {

        static Result refused(Fault why) {
            return new Result(null, null, false, why);
        }
    }

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    WaitStatement statement;

    @Inject
    RunChanges changes;

    @Inject
    AuditTrail audit;

    @Inject
    ReadyBell bell;

    /**
     * Resolves waits; a refused request leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param requests what has happened
     * @return a result for each, in order; {@link WaitNotFound}, {@link WaitConflict} or {@link PayloadSchemaViolation}
     *     where it does not apply
     */
    public List<Result> execute(Caller caller, List<Request> requests) {
        Instant now = clock.instant();
        List<String> ids = requests.stream().map(Request::waitId).toList();
        changes.hold(
                caller,
                session.work(connection -> statement.named(connection, caller.tenant(), ids)).stream()
                        .map(WaitRow::run)
                        .toList());
        List<Result> results =
                requests.stream().map(one -> resolve(caller, now, one)).toList();
        bell.ringOnCommit();
        return results;
    }

    private Result resolve(Caller caller, Instant now, Request request) {
        LockedRun run = find(caller, request.waitId())
                .map(wait -> changes.hold(caller, List.of(wait.run())).get(wait.run()))
                .orElse(null);
        if (run == null) {
            return Result.refused(new WaitNotFound(request.waitId()));
        }
        WaitRow wait = find(caller, request.waitId()).orElseThrow();
        Fault refusal = refusal(wait, run, request);
        if (refusal != null) {
            return Result.refused(refusal);
        }
        if (WaitStatus.of(wait.status()) == WaitStatus.WOKEN) {
            return new Result(wait, run.state(), true, null);
        }
        List<WaitRow> blocking =
                session.work(connection -> statement.blocking(connection, caller.tenant(), List.of(run.id())));
        Answer answer = new Answer(request.key(), request.payload(), request.reason());
        Effect effect = WaitEffects.resolved(run, blocking, wait, answer, now);
        store(caller, now, effect);
        audit.record(caller, now, List.of(WaitAudit.resolved(wait, effect.row(), request.reason())));
        return new Result(effect.row(), effect.change().state(), false, null);
    }

    private Optional<WaitRow> find(Caller caller, String wait) {
        return session.work(connection -> statement.named(connection, caller.tenant(), List.of(wait))).stream()
                .findFirst();
    }

    private void store(Caller caller, Instant now, Effect effect) {
        changes.store(caller, now, List.of(effect.change()));
        session.work(connection -> {
            statement.set(connection, effect.row(), null);
            statement.answered(connection, effect.change().run(), effect.row().id(), caller.subject(), now);
            return effect;
        });
    }

    private static @Nullable Fault refusal(WaitRow wait, LockedRun run, Request request) {
        if (wait.name() != null) {
            return WaitConflict.takesSignals(wait.id(), wait.name());
        }
        WaitStatus status = WaitStatus.of(wait.status());
        if (status == WaitStatus.WOKEN) {
            boolean same = request.key().equals(wait.end().key())
                    && Objects.equals(request.payload(), wait.end().payload());
            return same ? null : WaitConflict.resolved(wait.id());
        }
        if (RunState.of(run.state()).terminal() || !Waits.answerable(wait)) {
            return WaitConflict.notWaiting(wait.id(), wait.status());
        }
        try {
            PayloadSchema.of(wait.schema()).require(wait.id(), request.members());
            return null;
        } catch (PayloadSchemaViolation violation) {
            return violation;
        }
    }
}
