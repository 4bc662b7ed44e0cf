package dev.leasehold.wait;

import dev.leasehold.run.Runs;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.sql.WaitStatement;
import dev.leasehold.sql.WaitStatement.Due;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what runs wait for, within a transaction. */
@ApplicationScoped
public class Waits {

    @Inject
    Runs runs;

    @Inject
    QueueSession session;

    @Inject
    WaitStatement statement;

    @Inject
    @Leasehold
    Clock clock;

    /** The runs of waits that are due, of all tenants, the longest overdue first; each as often as it has one. */
    public List<Due> due(int max) {
        return session.work(connection -> statement.due(connection, clock.instant(), max));
    }

    /**
     * Up to {@code max} waits of a run behind that one, or from the first, the oldest first.
     *
     * @throws dev.leasehold.run.RunNotFound when the caller's tenant has no run of that id
     * @throws WaitNotFound when it has no wait of that one
     */
    public List<WaitRow> of(Caller caller, UUID run, @Nullable String after, int max) {
        runs.get(caller, run);
        WaitRow place = after == null ? null : get(caller, after);
        return session.work(connection -> statement.page(connection, caller.tenant(), run, place, max));
    }

    /** Whether somebody can still say that it has happened; consent may come late. */
    public static boolean answerable(WaitRow wait) {
        WaitStatus status = WaitStatus.of(wait.status());
        return status == WaitStatus.WAITING
                || (wait.kind().equals(WaitKind.APPROVAL.word())
                        && (status == WaitStatus.ESCALATED || status == WaitStatus.TIMED_OUT));
    }

    private WaitRow get(Caller caller, String wait) {
        return session.work(connection -> statement.named(connection, caller.tenant(), List.of(wait))).stream()
                .findFirst()
                .orElseThrow(() -> new WaitNotFound(wait));
    }
}
