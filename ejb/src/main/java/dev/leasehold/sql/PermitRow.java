package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A permit as it stands: what only so many runs may hold at once.
 *
 * @param id its number
 * @param scope what it is for
 * @param name which key, queue, type or rate
 * @param most how many may hold it; null for any number
 * @param used how many do
 * @param fence how many ever took it; of a key, how many leases there ever were of it
 * @param period how long a holder keeps it, whatever becomes of its run; null for as long as the run needs it
 * @param waiting whether runs may be parked on it
 */
public record PermitRow(
        long id,
        PermitScope scope,
        String name,
        @Nullable Integer most,
        int used,
        long fence,
        @Nullable Duration period,
        boolean waiting) {

    static PermitRow read(ResultSet row) throws SQLException {
        return new PermitRow(
                row.getLong("permit_id"),
                PermitScope.of(row.getString("scope")),
                row.getString("name"),
                Rows.numberOrNull(row, "most"),
                row.getInt("used"),
                row.getLong("fence"),
                Rows.durationOrNull(row, "period_micros"),
                row.getBoolean("waiting"));
    }

    /** How many more may hold it. */
    public int room() {
        return most == null ? Integer.MAX_VALUE : Math.max(0, most - used);
    }

    /** The same after so many took it, or gave it back where that is negative. */
    public PermitRow after(int takers) {
        return new PermitRow(id, scope, name, most, used + takers, fence + Math.max(0, takers), period, waiting);
    }

    /** The same after a run was leased again that has it. */
    PermitRow kept() {
        return new PermitRow(id, scope, name, most, used, fence + 1, period, waiting);
    }

    PermitRow most(@Nullable Integer value) {
        return new PermitRow(id, scope, name, value, used, fence, period, waiting);
    }

    PermitRow waiting(boolean value) {
        return new PermitRow(id, scope, name, most, used, fence, period, value);
    }
}
