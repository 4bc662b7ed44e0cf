package dev.leasehold.sql.h2;

import dev.leasehold.sql.ClaimStatement;
import dev.leasehold.sql.RowClaim;
import dev.leasehold.sql.Tickets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Claims run by run. */
public final class H2Claim implements ClaimStatement {

    private final RowClaim rows;

    /** A statement that takes its positions from there. */
    public H2Claim(Tickets tickets) {
        rows = new RowClaim(tickets, new H2Candidates());
    }

    @Override
    public Granted claim(Connection connection, Holder holder, Claim claim) throws SQLException {
        return rows.claim(connection, holder, claim, List.of());
    }
}
