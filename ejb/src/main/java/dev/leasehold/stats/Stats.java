package dev.leasehold.stats;

import dev.leasehold.run.RunState;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.TallyStatement;
import dev.leasehold.sql.TallyStatement.Tallied;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Reads how many there are, within a transaction: exact, and as fast with any number of them (AQ 9.3). */
@ApplicationScoped
public class Stats {

    @Inject
    QueueSession session;

    @Inject
    TallyStatement statement;

    /**
     * Counts of one instant.
     *
     * @param tasks how many tasks there are
     * @param attempts how many attempts were started
     * @param runs how many runs are in each state; every state has an entry
     * @param position the position of the newest event, 0 while there is none
     */
    public record Counts(long tasks, long attempts, Map<RunState, Long> runs, long position) {

        /** How many runs are in one of these states; in any when there is none. */
        public long runs(Collection<RunState> states) {
            return runs.entrySet().stream()
                    .filter(one -> states.isEmpty() || states.contains(one.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /** What the caller's tenant has. */
    public Counts of(Caller caller) {
        Tallied tallied = session.work(connection -> statement.of(connection, caller.tenant()));
        Map<RunState, Long> runs = new EnumMap<>(RunState.class);
        for (RunState state : RunState.values()) {
            runs.put(state, Objects.requireNonNull(tallied.runs().get(state.snake())));
        }
        return new Counts(tallied.tasks(), tallied.attempts(), runs, tallied.position());
    }
}
