package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant's audit stands.
 *
 * @param place the tenant, as its records name it
 * @param seq the number of the last record; 0 before the first
 * @param recordHash that record's digest
 */
public record AuditHead(Place place, long seq, @Nullable String recordHash) {

    /** What tells a tenant from others (decisions 9). */
    public record Place(
            UUID tenant,
            String org,
            String workspace,
            @Nullable String deployment) {}

    static AuditHead read(ResultSet row, UUID tenant) throws SQLException {
        Place place = new Place(tenant, row.getString("org"), row.getString("workspace"), row.getString("deployment"));
        return new AuditHead(place, row.getLong("seq"), row.getString("record_hash"));
    }
}
