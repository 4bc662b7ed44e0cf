package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps answers under keys. */
@ApplicationScoped
public class IdempotencyStatement {

    private static final String COMMON = "common";
    private static final Sql FIND = Sql.of(COMMON, "find_answer");
    private static final Sql OPEN_H2 = Sql.of("h2", "open_answer");
    private static final Sql OPEN_POSTGRESQL = Sql.of("postgresql", "open_answer");
    private static final Sql FORGET_OLD = Sql.of(COMMON, "forget_old_answer");
    private static final Sql KEEP = Sql.of(COMMON, "keep_answer");
    private static final Sql FORGET = Sql.of(COMMON, "forget_answer");
    private static final Sql EXPIRE = Sql.of(COMMON, "expire_answers");

    /** A row: the question's digest, and the answer. */
    public record Kept(
            String digest,
            int status,
            @Nullable String location,
            @Nullable String answer) {
        static Kept read(ResultSet row) throws SQLException {
            return new Kept(
                    row.getString("request_digest"),
                    row.getInt("status"),
                    row.getString("location"),
                    row.getString("answer"));
        }
    }

    /**
     * Answers what is kept under the key, waiting for a transaction that is about to keep something; where nothing is,
     * the key is this transaction's from now on.
     */
    public Optional<Kept> begin(Connection connection, Values question, Instant now, Instant expiresAt)
            throws SQLException {
        Values values = question.with(new Values().set("now", now).set("expires_at", expiresAt));
        FORGET_OLD.update(connection, values);
        return InsertOrNothing.of(OPEN_H2, OPEN_POSTGRESQL).insert(connection, values)
                ? Optional.empty()
                : FIND.query(connection, values, Kept::read).stream().findFirst();
    }

    /** Stores the answer under a key that is this transaction's. */
    public int keep(Connection connection, Values question, Kept kept) throws SQLException {
        Values values = new Values()
                .set("status", kept.status())
                .set("location", kept.location())
                .set("answer", kept.answer());
        return KEEP.update(connection, question.with(values));
    }

    /** Gives up a key that is this transaction's. */
    public int forget(Connection connection, Values question) throws SQLException {
        return FORGET.update(connection, question);
    }

    /** Removes up to {@code max} answers whose time is over. */
    public int expire(Connection connection, Instant now, int max) throws SQLException {
        return EXPIRE.update(connection, new Values().set("now", now).set("max", max));
    }
}
