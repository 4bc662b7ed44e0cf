package dev.leasehold.sql;

import dev.leasehold.sql.h2.H2Claim;
import dev.leasehold.sql.h2.H2Finish;
import dev.leasehold.sql.h2.H2Lanes;
import dev.leasehold.sql.h2.H2Promote;
import dev.leasehold.sql.h2.H2Start;
import dev.leasehold.sql.h2.H2Submit;
import dev.leasehold.sql.postgresql.PostgresqlClaim;
import dev.leasehold.sql.postgresql.PostgresqlFinish;
import dev.leasehold.sql.postgresql.PostgresqlLanes;
import dev.leasehold.sql.postgresql.PostgresqlPromote;
import dev.leasehold.sql.postgresql.PostgresqlStart;
import dev.leasehold.sql.postgresql.PostgresqlSubmit;

/**
 * The statements of one database.
 *
 * @param lanes finds and opens lanes
 * @param submit stores tasks
 * @param promote makes due runs ready
 * @param claim leases ready runs
 * @param start starts attempts
 * @param finish ends attempts
 * @param tickets positions for events that are written one by one
 */
public record Statements(
        LaneStatement lanes,
        SubmitStatement submit,
        PromoteStatement promote,
        ClaimStatement claim,
        StartStatement start,
        FinishStatement finish,
        Tickets tickets) {

    /** The statements for that database; tickets are drawn where events are written one by one. */
    public static Statements of(Database database, Tickets tickets) {
        return switch (database) {
            case H2 ->
                new Statements(
                        new H2Lanes(),
                        new H2Submit(tickets),
                        new H2Promote(tickets),
                        new H2Claim(tickets),
                        new H2Start(tickets),
                        new H2Finish(tickets),
                        tickets);
            case POSTGRESQL ->
                new Statements(
                        new PostgresqlLanes(),
                        new PostgresqlSubmit(),
                        new PostgresqlPromote(),
                        new PostgresqlClaim(tickets),
                        new PostgresqlStart(),
                        new PostgresqlFinish(),
                        tickets);
        };
    }
}
