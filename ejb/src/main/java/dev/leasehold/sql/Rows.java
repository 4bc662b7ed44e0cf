package dev.leasehold.sql;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.Payload;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the types that both databases store alike. */
public final class Rows {

    private Rows() {}

    /** A UUID that is there. */
    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    /** An instant that is there. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** An instant, or null. */
    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** A number, or null. */
    public static @Nullable Integer numberOrNull(ResultSet row, String column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? null : number;
    }

    /** A number of microseconds as a duration, or null. */
    public static @Nullable Duration durationOrNull(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : Duration.of(micros, ChronoUnit.MICROS);
    }

    static @Nullable Payload payload(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("payload");
        return bytes == null
                ? null
                : Payload.of(
                        row.getString("payload_content_type"),
                        Payload.Form.valueOf(row.getString("payload_form")),
                        bytes);
    }

    static Backoff backoff(ResultSet row) throws SQLException {
        return new Backoff(
                Backoff.Strategy.valueOf(row.getString("backoff_strategy")),
                Duration.of(row.getLong("backoff_delay_micros"), ChronoUnit.MICROS),
                row.getDouble("backoff_factor"),
                Duration.of(row.getLong("backoff_max_delay_micros"), ChronoUnit.MICROS),
                row.getDouble("backoff_jitter"));
    }
}
