package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the store of all tenants looks like.
 *
 * @param runs how many runs are in each state, by the state's name in filters
 * @param longestDue when the run was due that should be ready by itself and is so the longest; null when none ever will
 * @param position the position up to which the feed is complete
 */
public record Figures(Map<String, Long> runs, @Nullable Instant longestDue, long position) {

    private static final Sql DUE = Sql.of("common", "longest_due");
    private static final PerDatabase POSITION =
            new PerDatabase(Sql.of("h2", "last_position"), Sql.of("postgresql", "feed_position"));

    /** Reads them; how long that takes does not depend on how many runs there are. */
    public static Figures read(Connection connection) throws SQLException {
        Sql position = POSITION.on(connection);
        List<Optional<Instant>> due =
                DUE.query(connection, new Values(), row -> Optional.ofNullable(Rows.instantOrNull(row, "due_at")));
        return new Figures(
                TallyStatement.all(connection).runs(),
                due.get(0).orElse(null),
                position.query(connection, new Values(), row -> row.getLong(1)).get(0));
    }
}
