package dev.leasehold.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes events one row at a time, where no statement writes them along with its change. */
public final class Events {

    private static final Sql EVENT = Sql.of("common", "event");
    private static final Sql DATA = Sql.of("common", "event_data");

    private Events() {}

    /** The columns that not every event has, all empty. */
    public static Values blank() {
        return new Values()
                .set("fence", null)
                .set("attempt_id", null)
                .set("attempt_number", null)
                .set("priority", null)
                .set("scheduled_at", null)
                .set("due_at", null)
                .set("reason", null);
    }

    /** Stores the events, and how they change what is counted. */
    public static void write(Connection connection, List<Values> events) throws SQLException {
        EVENT.batch(connection, events);
        TallyStatement.insert(connection, events);
    }

    /** What an event says beyond its columns: its key, and a JSON object. The event has its usual id. */
    static Values data(Values key, String json) {
        return key.set("event_id", null).set("data", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Stores what events say beyond their columns. */
    static void writeData(Connection connection, List<Values> data) throws SQLException {
        DATA.batch(connection, data);
    }
}
