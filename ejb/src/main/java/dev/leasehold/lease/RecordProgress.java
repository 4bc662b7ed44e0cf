package dev.leasehold.lease;

import dev.leasehold.sql.LeaseStatement;
import dev.leasehold.sql.LeaseStatement.Said;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Notes beside leases how far their attempts are. It waits for no run: where another transaction holds the lease, the note
 * is not made. It writes no event and changes no version.
 */
@Stateless
public class RecordProgress {

    /**
     * What became of a note.
     *
     * @param stored whether it stands beside the lease; if not, that lease is gone or was held by another transaction
     */
    public record Result(boolean stored) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    LeaseStatement statement;

    /**
     * Makes notes.
     *
     * @param caller the tenant
     * @param said what the attempts say, each run at most once
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<Said> said) {
        Instant now = clock.instant();
        return session.work(connection -> {
            Map<UUID, Long> free = statement.lockFree(
                    connection, caller.tenant(), said.stream().map(Said::runId).toList());
            Predicate<Said> current = one -> Long.valueOf(one.fence()).equals(free.get(one.runId()));
            statement.note(
                    connection,
                    caller.tenant(),
                    now,
                    said.stream().filter(current).toList());
            return said.stream().map(one -> new Result(current.test(one))).toList();
        });
    }
}
