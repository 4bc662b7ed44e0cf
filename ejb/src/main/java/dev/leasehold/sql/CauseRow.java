package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * What the dead letters of one cause come to, of those about which something is left to be decided.
 *
 * @param fingerprint what their failures have in common
 * @param letters how many
 * @param firstSeen when the first of them failed first
 * @param lastSeen when one of them failed last
 * @param recent how many failed after the instant that was asked for
 * @param newest the id of the newest
 */
public record CauseRow(
        String fingerprint, long letters, Instant firstSeen, Instant lastSeen, long recent, String newest) {

    static CauseRow read(ResultSet row) throws SQLException {
        return new CauseRow(
                row.getString("fingerprint"),
                row.getLong("letters"),
                Rows.instant(row, "first_seen"),
                Rows.instant(row, "last_seen"),
                row.getLong("recent"),
                row.getString("newest"));
    }
}
