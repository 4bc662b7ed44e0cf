package dev.leasehold.audit;

import dev.leasehold.sql.AuditHead;
import dev.leasehold.sql.AuditRow;
import dev.leasehold.sql.AuditStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a tenant's audit. */
@ApplicationScoped
public class AuditLedger {

    private static final int PAGE = 1000;

    @Inject
    Repeats repeats;

    @Inject
    QueueSession session;

    @Inject
    AuditStatement statement;

    /**
     * A page of records in their order, within a transaction.
     *
     * @param run those about that run alone; null for all
     * @param after the number of a record that the page begins behind; 0 for the first
     */
    public List<AuditRow> page(Caller caller, @Nullable UUID run, long after, int limit) {
        return session.work(connection -> statement.page(connection, caller.tenant(), run, after, limit));
    }

    /**
     * What is recorded about a run.
     *
     * @param place the tenant as records name it
     * @param records the newest, the oldest first
     * @param violation the first of these that is not what its digest was taken over
     */
    public record OfRun(
            AuditHead.Place place,
            List<AuditRow> records,
            @Nullable Violation violation) {}

    /** The newest records about a run, each looked at by itself, within a transaction. */
    public OfRun newest(Caller caller, UUID run, int limit) {
        List<AuditRow> records =
                new ArrayList<>(session.work(connection -> statement.newest(connection, caller.tenant(), run, limit)));
        Collections.reverse(records);
        AuditHead.Place place = standing(caller).place();
        Violation violation = records.stream()
                .filter(row -> !Chain.isWhole(place, row))
                .findFirst()
                .map(row -> new Violation(row.seq(), Violation.Kind.RECORD_HASH_MISMATCH))
                .orElse(null);
        return new OfRun(place, records, violation);
    }

    /** Where the caller's audit stands, in a transaction of its own. */
    public AuditHead head(Caller caller) {
        return repeats.call(() -> standing(caller));
    }

    private AuditHead standing(Caller caller) {
        return session.work(connection -> statement
                .head(connection, caller.tenant())
                .orElseThrow(() -> new IllegalStateException("no tenant " + caller.tenant())));
    }

    /** Looks at every record there was when this began, each page in a transaction of its own. */
    public Verification verify(Caller caller) {
        AuditHead head = head(caller);
        ChainCheck check = new ChainCheck(head);
        read(caller, head, check::next);
        return check.end(
                repeats.call(() -> session.work(connection -> statement.beyondHead(connection, caller.tenant()))));
    }

    /** Hands over every record up to a head, in their order, each page from a transaction of its own. */
    public void read(Caller caller, AuditHead head, Consumer<AuditRow> reader) {
        long last = 0;
        while (last < head.seq()) {
            long after = last;
            List<AuditRow> rows = repeats.call(() -> page(caller, null, after, PAGE)).stream()
                    .filter(row -> row.seq() <= head.seq())
                    .toList();
            rows.forEach(reader);
            last = rows.isEmpty() ? head.seq() : rows.get(rows.size() - 1).seq();
        }
    }
}
