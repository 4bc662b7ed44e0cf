package dev.leasehold.event;

import dev.leasehold.run.RunNotFound;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.EventStatement;
import dev.leasehold.sql.EventStatement.Part;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.RunFacts;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Proves that a run's row is what its events tell (decisions 4). Read within a transaction. */
@ApplicationScoped
public class Verification {

    private static final int CHUNK = 1000;
    private static final int TRIES = 5;
    private static final Map<String, Function<RunFacts, @Nullable Object>> FIELDS = fields();

    /**
     * What came of it.
     *
     * @param row what the row says, with its lease; null where there are events and no row
     * @param projected what the events tell
     * @param differences what does not fit, the events' own faults first; empty when all is well
     */
    public record Verified(UUID runId, @Nullable RunFacts row, RunFacts projected, List<Difference> differences) {}

    @Inject
    QueueSession session;

    @Inject
    EventStatement statement;

    @Inject
    ChangeStatement runs;

    /**
     * Compares a run with its events; while it moves on meanwhile, again, and at last with the row held.
     *
     * @throws RunNotFound when the caller's tenant has neither a run nor an event of that id
     */
    public Verified verify(Caller caller, UUID run) {
        return session.work(connection -> {
            for (int tries = 1; ; tries++) {
                if (tries == TRIES) {
                    runs.lock(connection, caller.tenant(), List.of(run));
                }
                RunFacts before = facts(connection, caller, run);
                Projection projection = project(connection, caller, run);
                RunFacts row = facts(connection, caller, run);
                if (Objects.equals(before, row) || tries == TRIES) {
                    return verified(run, row, projection);
                }
            }
        });
    }

    private @Nullable RunFacts facts(Connection connection, Caller caller, UUID run) throws SQLException {
        return statement.facts(connection, caller.tenant(), run).orElse(null);
    }

    private Projection project(Connection connection, Caller caller, UUID run) throws SQLException {
        Projection projection = new Projection();
        int after = Integer.MIN_VALUE;
        List<EventRow> chunk;
        do {
            chunk = statement.oldest(connection, caller.tenant(), run, new Part(after, Integer.MAX_VALUE, CHUNK));
            chunk.forEach(projection::take);
            after = chunk.isEmpty() ? after : chunk.get(chunk.size() - 1).version();
        } while (chunk.size() == CHUNK);
        return projection;
    }

    private static Verified verified(UUID run, @Nullable RunFacts row, Projection projection) {
        RunFacts projected = projection.facts();
        if (row == null && projected.version() == 0) {
            throw new RunNotFound(run);
        }
        List<Difference> differences = new ArrayList<>(projection.differences());
        if (row == null) {
            differences.add(Difference.of("row", null, "a row", null));
        } else {
            FIELDS.forEach((name, field) -> {
                if (!Objects.equals(field.apply(projected), field.apply(row))) {
                    differences.add(Difference.of(name, null, field.apply(projected), field.apply(row)));
                }
            });
        }
        return new Verified(run, row, projected, List.copyOf(differences));
    }

    private static Map<String, Function<RunFacts, @Nullable Object>> fields() {
        Map<String, Function<RunFacts, @Nullable Object>> fields = new LinkedHashMap<>();
        fields.put("state", RunFacts::state);
        fields.put("version", RunFacts::version);
        fields.put("fence", RunFacts::fence);
        fields.put("lease_fence", RunFacts::leaseFence);
        fields.put("attempts_started", RunFacts::attemptsStarted);
        fields.put("attempts_suspended", RunFacts::attemptsSuspended);
        fields.put("open_attempt_id", RunFacts::openAttemptId);
        fields.put("priority", RunFacts::priority);
        fields.put("scheduled_at", RunFacts::scheduledAt);
        fields.put("next_attempt_at", RunFacts::nextAttemptAt);
        fields.put("held", RunFacts::held);
        fields.put("last_event_at", RunFacts::lastEventAt);
        fields.put("pos", RunFacts::pos);
        return fields;
    }
}
