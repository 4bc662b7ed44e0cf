package dev.leasehold.sql.postgresql;

import dev.leasehold.sql.ClaimStatement;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Claims past what other workers hold. */
public final class PostgresqlClaim implements ClaimStatement {

    private static final Sql CLAIM = Sql.of("postgresql", "claim");
    private static final Sql CLAIM_AND_START = Sql.of("postgresql", "claim_and_start");

    @Override
    public List<Claimed> claim(Connection connection, Holder holder, Claim claim) throws SQLException {
        Values values = holder.values().with(claim.values());
        return (claim.starts() ? CLAIM_AND_START : CLAIM).query(connection, values, Claimed::read);
    }
}
