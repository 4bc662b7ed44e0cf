package dev.leasehold.wait;

import dev.leasehold.api.Received;
import dev.leasehold.api.WaitKind;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.ObservationStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.SignalRow;
import dev.leasehold.sql.SignalStatement;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.sql.WaitStatement;
import dev.leasehold.sql.WaitStatement.Due;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
    ObservationStatement newest;

    @Inject
    SignalStatement signals;

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

    /** What a run's waits came to that keep it no more: the newest of them, in the order in which they were over. */
    public List<Received> received(Caller caller, UUID run, int max) {
        return session.work(connection -> newest.waits(connection, caller.tenant(), run, max)).stream()
                .filter(wait -> !wait.blocks())
                .sorted(Comparator.comparingInt(wait -> wait.end().eventSeq()))
                .map(Waits::received)
                .toList();
    }

    private static Received received(WaitRow wait) {
        boolean happened = WaitStatus.of(wait.status()) == WaitStatus.WOKEN && !WaitEffects.late(wait);
        return new Received(
                WaitKind.valueOf(wait.kind().toUpperCase(Locale.ROOT)),
                wait.name(),
                happened,
                wait.end().payload(),
                wait.updatedAt());
    }

    /**
     * Up to {@code max} of what a run was told behind that event, in the order in which it came.
     *
     * @throws dev.leasehold.run.RunNotFound when the caller's tenant has no run of that id
     */
    public List<SignalRow> signals(Caller caller, UUID run, int after, int max) {
        runs.get(caller, run);
        return session.work(connection -> signals.page(connection, caller.tenant(), run, after, max));
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
