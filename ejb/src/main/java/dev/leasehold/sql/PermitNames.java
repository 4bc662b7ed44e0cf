package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds permits by their names, and opens those that are new. */
@ApplicationScoped
public class PermitNames {

    private static final Sql FIND = Sql.of("common", "find_permits");
    private static final Sql SET = Sql.of("common", "set_permit");
    private static final Sql OPEN_H2 = Sql.of("h2", "open_permit");
    private static final Sql OPEN_POSTGRESQL = Sql.of("postgresql", "open_permit");
    private static final InsertOrNothing OPEN = InsertOrNothing.of(OPEN_H2, OPEN_POSTGRESQL);

    /**
     * A permit by name.
     *
     * @param name the name within its scope
     * @param most how many may hold it; null for any number
     * @param period how long a holder keeps it; null for as long as its run needs it
     */
    public record Wanted(
            String name, @Nullable Integer most, @Nullable Duration period) {

        Values values() {
            return new Values()
                    .set("name", name)
                    .set("most", most)
                    .set("period", period == null ? null : TimeUnit.NANOSECONDS.toMicros(period.toNanos()));
        }
    }

    private record Found(
            long id,
            String name,
            @Nullable Integer most,
            @Nullable Duration period) {

        static Found read(ResultSet row) throws SQLException {
            return new Found(
                    row.getLong("permit_id"),
                    row.getString("name"),
                    Rows.numberOrNull(row, "most"),
                    Rows.durationOrNull(row, "period_micros"));
        }
    }

    /**
     * The number of each permit, those that were there as they are.
     *
     * @param wanted no name twice, in the order of the names
     */
    public Map<String, Long> open(Connection connection, UUID tenant, PermitScope scope, Collection<Wanted> wanted)
            throws SQLException {
        Map<String, Found> found = find(connection, tenant, scope, wanted);
        for (Wanted one : wanted) {
            if (!found.containsKey(one.name())) {
                OPEN.insert(connection, one.values().set("tenant", tenant).set("scope", scope.word()));
            }
        }
        Map<String, Found> all = found.size() == wanted.size() ? found : find(connection, tenant, scope, wanted);
        Map<String, Long> numbers = new HashMap<>();
        all.forEach((name, one) -> numbers.put(name, one.id()));
        return numbers;
    }

    /** The same; a permit that was there with other numbers gets these. */
    public Map<String, Long> openWith(Connection connection, UUID tenant, PermitScope scope, Collection<Wanted> wanted)
            throws SQLException {
        Map<String, Long> numbers = open(connection, tenant, scope, wanted);
        Map<String, Found> found = find(connection, tenant, scope, wanted);
        for (Wanted one : wanted) {
            Found there = Objects.requireNonNull(found.get(one.name()));
            if (!Objects.equals(there.most(), one.most()) || !Objects.equals(there.period(), one.period())) {
                set(connection, tenant, there.id(), one);
            }
        }
        return numbers;
    }

    void set(Connection connection, UUID tenant, long permit, Wanted wanted) throws SQLException {
        SET.update(connection, wanted.values().set("tenant", tenant).set("permit", permit));
    }

    /** The number of a permit, if there is one of that name. */
    public Optional<Long> number(Connection connection, UUID tenant, PermitScope scope, String name)
            throws SQLException {
        return Optional.ofNullable(find(connection, tenant, scope, List.of(new Wanted(name, null, null)))
                        .get(name))
                .map(Found::id);
    }

    private static Map<String, Found> find(
            Connection connection, UUID tenant, PermitScope scope, Collection<Wanted> wanted) throws SQLException {
        Values values = new Values()
                .set("tenant", tenant)
                .set("scope", scope.word())
                .names("names", "varchar", wanted.stream().map(Wanted::name).toList());
        Map<String, Found> found = new HashMap<>();
        if (!wanted.isEmpty()) {
            FIND.query(connection, values, Found::read).forEach(one -> found.put(one.name(), one));
        }
        return found;
    }
}
