package dev.leasehold.doctor;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Why there is no connection: the database is away, or the pool has none to give. */
final class Absence {

    private static final int DEEPEST = 20;

    private Absence() {}

    /** What is found where a connection was asked for, for so long, in vain. */
    static Finding of(SQLException failure, Duration waited, String dataSource) {
        return state(failure).map(Absence::unreachable).orElseGet(() -> Capacity.none(waited, dataSource));
    }

    /** What the database or its driver said, however the server wraps it; a pool says nothing of the kind. */
    private static Optional<String> state(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Finding unreachable(String state) {
        return Finding.of(
                Code.DATABASE_UNREACHABLE,
                Severity.CRITICAL,
                "there is no connection to the database (SQL state " + state + ")",
                new Detail().put("sql_state", state),
                null);
    }
}
