package dev.leasehold.queue;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.sql.LimitStatement;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.LimitStatement.Setting;
import dev.leasehold.sql.PermitRow;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Limits how many runs of a concurrency key, a queue or a task type are under way at once. */
@Stateless
public class SetLimits {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    LimitStatement statement;

    @Inject
    ReadyBell bell;

    @Inject
    AuditTrail audit;

    /**
     * Sets limits. What is under way goes on, also where it is more than the limit from now on.
     *
     * @param caller the tenant
     * @param limits how many of what, 0 to 1,000,000; null for any number
     * @return the permit of each as it is now
     */
    public List<PermitRow> execute(Caller caller, List<Limit> limits) {
        bell.ringOnCommit();
        Instant now = clock.instant();
        return limits.stream().map(limit -> set(caller, now, limit)).toList();
    }

    private PermitRow set(Caller caller, Instant now, Limit limit) {
        Setting setting = session.work(connection -> statement.set(connection, caller.tenant(), now, limit));
        if (!Objects.equals(setting.before(), limit.most())) {
            audit.record(caller, now, List.of(QueueEffects.limited(limit, setting)));
        }
        return setting.permit();
    }
}
