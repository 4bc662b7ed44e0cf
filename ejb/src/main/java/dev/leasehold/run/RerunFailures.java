package dev.leasehold.run;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.audit.Effect;
import dev.leasehold.audit.Effect.Cause;
import dev.leasehold.audit.EffectType;
import dev.leasehold.fault.Fault;
import dev.leasehold.letter.FailureNotFound;
import dev.leasehold.letter.FailureUnderRerun;
import dev.leasehold.sql.CauseRerunRow;
import dev.leasehold.sql.CauseRerunRow.Ordered;
import dev.leasehold.sql.CauseStatement;
import dev.leasehold.sql.CauseStatement.CauseKey;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has the runs done again that failed for a cause, in batches that {@link StartBatches} starts. */
@Stateless
public class RerunFailures {

    /** Whose runs, and why. */
    public record Failure(String fingerprint, @Nullable String reason) {}

    /**
     * What became of an order.
     *
     * @param refusal why nothing begins; null when it does
     */
    public record Result(@Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    CauseStatement statement;

    @Inject
    AuditTrail audit;

    /**
     * Has it begin, from the first letter; a refused order leaves the others alone.
     *
     * @param caller the tenant, and whom the audit names
     * @param failures of a cause that is named twice the second is refused
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<Failure> failures) {
        Instant now = clock.instant();
        return failures.stream().map(failure -> begin(caller, now, failure)).toList();
    }

    private Result begin(Caller caller, Instant now, Failure failure) {
        CauseKey key = new CauseKey(caller.tenant(), failure.fingerprint());
        CauseRerunRow row = CauseRerunRow.begun(
                key.tenant(), key.fingerprint(), new Ordered(caller.subject(), failure.reason(), now));
        Fault refusal = session.work(connection -> store(connection, key, row)).orElse(null);
        if (refusal == null) {
            Map<String, String> after = Map.of("fingerprint", row.fingerprint(), "status", row.status());
            Cause cause = Cause.of(RerunFailures.class, failure.reason());
            audit.record(
                    caller,
                    now,
                    List.of(Effect.of(EffectType.FAILURE_RERUN, cause, null, after)
                            .with("fingerprint", row.fingerprint())));
        }
        return new Result(refusal);
    }

    private Optional<Fault> store(Connection connection, CauseKey key, CauseRerunRow begun) throws SQLException {
        if (statement.one(connection, key, begun.updatedAt()).isEmpty()) {
            return Optional.of(new FailureNotFound(key.fingerprint()));
        }
        if (statement.open(connection, begun)) {
            return Optional.empty();
        }
        boolean running = statement
                .lock(connection, key)
                .filter(row -> row.status().equals(CauseRerunRow.RUNNING))
                .isPresent();
        if (running) {
            return Optional.of(new FailureUnderRerun(key.fingerprint()));
        }
        statement.change(connection, begun);
        return Optional.empty();
    }
}
