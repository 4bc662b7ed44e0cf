package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which task is the only one of its type and key. */
@ApplicationScoped
public class UniqueStatement {

    private static final Sql TAKE_H2 = Sql.of("h2", "take_unique");
    private static final Sql TAKE_POSTGRESQL = Sql.of("postgresql", "take_unique");
    private static final InsertOrNothing TAKE = InsertOrNothing.of(TAKE_H2, TAKE_POSTGRESQL);
    private static final Sql LOCK = Sql.of("common", "lock_unique");
    private static final Sql GIVE = Sql.of("common", "give_unique");
    private static final Sql MOVE = Sql.of("common", "move_unique");
    private static final Sql UNDER_WAY = Sql.of("common", "task_under_way");

    /**
     * What is unique.
     *
     * @param tenant within that tenant
     * @param type and that task type
     * @param key the key
     */
    public record Name(UUID tenant, String type, String key) {

        Values values() {
            return new Values().set("tenant", tenant).set("type", type).set("unique_key", key);
        }
    }

    /**
     * Who has it.
     *
     * @param task the task
     * @param lasts for how long: {@code STARTED}, {@code FINISHED} or {@code FOREVER}
     * @param lapsesAt and no longer than that
     */
    public record Owner(UUID task, String lasts, @Nullable Instant lapsesAt) {

        static Owner read(ResultSet row) throws SQLException {
            return new Owner(Rows.uuid(row, "task_id"), row.getString("lasts"), Rows.instantOrNull(row, "lapses_at"));
        }

        Values values() {
            return new Values().set("task_id", task).set("lasts", lasts).set("lapses_at", lapsesAt);
        }
    }

    /** How far a task is: whether an attempt of it was started, and whether some run of it has not ended. */
    public record UnderWay(boolean started, boolean unfinished) {}

    /** Takes what nobody has, waiting for a transaction that is about to take it; answers whether it did. */
    public boolean take(Connection connection, Name name, Owner owner) throws SQLException {
        return TAKE.insert(connection, name.values().with(owner.values()));
    }

    /** Waits until it holds the row, and answers who has it; nobody when it was given up meanwhile. */
    public List<Owner> lock(Connection connection, Name name) throws SQLException {
        return LOCK.query(connection, name.values(), Owner::read);
    }

    /** Gives it to another task. The row is held. */
    public void move(Connection connection, Name name, Owner owner) throws SQLException {
        MOVE.update(connection, name.values().with(owner.values()));
    }

    /** Gives it up again. */
    public void give(Connection connection, Name name, UUID task) throws SQLException {
        GIVE.update(connection, name.values().set("task_id", task));
    }

    /** How far a task is. */
    public UnderWay underWay(Connection connection, UUID tenant, UUID task) throws SQLException {
        Values values = new Values().set("tenant", tenant).set("task_id", task);
        return UNDER_WAY
                .query(connection, values, row -> new UnderWay(row.getBoolean("started"), row.getBoolean("unfinished")))
                .get(0);
    }
}
