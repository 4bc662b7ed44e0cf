package dev.leasehold.run;

import dev.leasehold.sql.CauseRerunRow;
import dev.leasehold.sql.CauseRerunRow.Batch;
import dev.leasehold.sql.CauseStatement;
import dev.leasehold.sql.CauseStatement.CauseKey;
import dev.leasehold.sql.CauseStatement.Next;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Does runs again that failed for one cause: one, then twice as many each time, up to {@link #MOST}, and each batch only after
 * the one before it has ended. Where a run of that one failed again it stops. Nodes pass by a cause that another one holds.
 */
@Stateless
public class StartBatches {

    static final int MOST = 100;

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    CauseStatement causes;

    @Inject
    ChangeStatement runs;

    @Inject
    Reruns reruns;

    /**
     * Starts the next batch of each cause whose last one has ended.
     *
     * @param caller whom the events name
     * @param keys of any tenant; a transaction that is to hold tasks in their order names one
     * @return how many re-runs each began
     */
    public List<Integer> execute(Caller caller, List<CauseKey> keys) {
        Instant now = clock.instant();
        return keys.stream()
                .map(key -> session.work(connection -> causes.lockFree(connection, key))
                        .filter(row -> row.status().equals(CauseRerunRow.RUNNING))
                        .map(row -> start(new Caller(key.tenant(), caller.subject()), now, row))
                        .orElse(0))
                .toList();
    }

    private int start(Caller caller, Instant now, CauseRerunRow row) {
        List<RunState> states = states(caller, row.batch().runs());
        if (!states.stream().allMatch(RunState::terminal)) {
            return 0;
        }
        long failed = states.stream().filter(RunState.FAILED::equals).count();
        CauseRerunRow after =
                failed > 0 ? row.ended(now, CauseRerunRow.STOPPED, Math.toIntExact(failed)) : further(caller, now, row);
        session.work(connection -> {
            causes.change(connection, after);
            return after;
        });
        return after.reruns() - row.reruns();
    }

    private List<RunState> states(Caller caller, List<UUID> ids) {
        return session.work(connection -> runs.read(connection, caller.tenant(), ids)).stream()
                .map(Orders::state)
                .toList();
    }

    private CauseRerunRow further(Caller caller, Instant now, CauseRerunRow row) {
        int size = Math.max(1, Math.min(MOST, 2 * row.batch().size()));
        List<Next> next = session.work(connection -> causes.next(connection, row, size));
        if (next.isEmpty()) {
            return row.ended(now, CauseRerunRow.DONE, 0);
        }
        Set<UUID> canceled = reruns.hold(caller, next.stream().map(Next::task).collect(Collectors.toSet()));
        List<Order> orders = next.stream()
                .map(one -> new Order(one.run(), null, "rerun of failure " + row.fingerprint()))
                .toList();
        List<UUID> started = reruns.append(caller, now, orders, canceled).stream()
                .map(RerunRuns.Result::rerun)
                .filter(Objects::nonNull)
                .toList();
        return row.with(now, new Batch(size, started), next.get(next.size() - 1).place());
    }
}
