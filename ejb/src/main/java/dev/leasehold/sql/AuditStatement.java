package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Appends to a tenant's audit, one transaction at a time, and reads it. */
@ApplicationScoped
public class AuditStatement {

    private static final String COMMON = "common";
    private static final Sql LOCK_HEAD = Sql.of(COMMON, "lock_audit_head");
    private static final Sql HEAD = Sql.of(COMMON, "audit_head");
    private static final Sql OPEN_H2 = Sql.of("h2", "open_audit_head");
    private static final Sql OPEN_POSTGRESQL = Sql.of("postgresql", "open_audit_head");
    private static final InsertOrNothing OPEN = InsertOrNothing.of(OPEN_H2, OPEN_POSTGRESQL);
    private static final Sql MOVE_HEAD = Sql.of(COMMON, "move_audit_head");
    private static final Sql RECORD = Sql.of(COMMON, "audit_record");
    private static final Sql PAGE = Sql.of(COMMON, "audit_page");
    private static final Sql PAGE_OF_RUN = Sql.of(COMMON, "audit_page_of_run");
    private static final Sql NEWEST_OF_RUN = Sql.of(COMMON, "newest_audit");
    private static final Sql BEYOND_HEAD = Sql.of(COMMON, "audit_beyond_head");

    /** Waits until nobody else appends to the tenant's audit before the transaction ends, and answers where it stands. */
    public AuditHead lock(Connection connection, UUID tenant) throws SQLException {
        Values values = new Values().set("tenant", tenant);
        if (LOCK_HEAD.query(connection, values, row -> true).isEmpty()) {
            OPEN.insert(connection, values);
            LOCK_HEAD.query(connection, values, row -> true);
        }
        return head(connection, tenant).orElseThrow(() -> new IllegalStateException("no tenant " + tenant));
    }

    /** Where the tenant's audit stands; nothing where there is no such tenant. */
    public Optional<AuditHead> head(Connection connection, UUID tenant) throws SQLException {
        return HEAD.query(connection, new Values().set("tenant", tenant), row -> AuditHead.read(row, tenant)).stream()
                .findFirst();
    }

    /** Stores records behind a head that this transaction holds. */
    public int append(Connection connection, UUID tenant, List<AuditRow> rows) throws SQLException {
        RECORD.batch(connection, rows.stream().map(row -> row.values(tenant)).toList());
        return MOVE_HEAD.update(connection, rows.get(rows.size() - 1).values(tenant));
    }

    /**
     * A page of the tenant's records in their order.
     *
     * @param run those about that run alone; null for all
     * @param after the number that they are greater than
     */
    public List<AuditRow> page(Connection connection, UUID tenant, @Nullable UUID run, long after, int max)
            throws SQLException {
        Values values = new Values()
                .set("tenant", tenant)
                .set("run_id", run)
                .set("after", after)
                .set("max", max);
        return (run == null ? PAGE : PAGE_OF_RUN).query(connection, values, AuditRow::read);
    }

    /** The newest records about a run, the newest first. */
    public List<AuditRow> newest(Connection connection, UUID tenant, UUID run, int max) throws SQLException {
        Values values = new Values().set("tenant", tenant).set("run_id", run).set("max", max);
        return NEWEST_OF_RUN.query(connection, values, AuditRow::read);
    }

    /** The first record that stands behind the head, where none may be. */
    public OptionalLong beyondHead(Connection connection, UUID tenant) throws SQLException {
        return BEYOND_HEAD
                .query(connection, new Values().set("tenant", tenant), row -> {
                    long seq = row.getLong("seq");
                    return row.wasNull() ? 0 : seq;
                })
                .stream()
                .mapToLong(seq -> seq)
                .filter(seq -> seq > 0)
                .findFirst();
    }
}
