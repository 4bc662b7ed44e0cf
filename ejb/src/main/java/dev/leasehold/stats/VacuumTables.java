package dev.leasehold.stats;

import dev.leasehold.sql.DeadRows;
import dev.leasehold.sql.VacuumStatement;
import dev.leasehold.sql.catalog.Connections;
import dev.leasehold.tenant.Caller;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the database clear away what claims leave behind sooner than it does by itself, so that a look for work does not
 * pass over it. Outside of every transaction: PostgreSQL vacuums in none.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VacuumTables {

    @Inject
    Connections connections;

    @Inject
    VacuumStatement statement;

    @Inject
    DeadRows rows;

    /**
     * Looks once for each number, and counts the dead rows of the tables that are looked at for work.
     *
     * @param caller the queue itself
     * @param dead how many dead rows are too many, at least 1
     * @return how many tables each had vacuumed
     * @throws SQLException when the database cannot be reached, or does not allow it
     */
    public List<Integer> execute(Caller caller, List<Integer> dead) throws SQLException {
        List<Integer> vacuumed = new ArrayList<>();
        try (Connection connection = connections.open()) {
            connection.setAutoCommit(true);
            rows.count(connection);
            for (int most : dead) {
                vacuumed.add(statement.vacuum(connection, most));
            }
        }
        return vacuumed;
    }
}
