package dev.leasehold.task;

import dev.leasehold.api.Unique;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.UniqueStatement;
import dev.leasehold.sql.UniqueStatement.Name;
import dev.leasehold.sql.UniqueStatement.Owner;
import dev.leasehold.sql.UniqueStatement.UnderWay;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a task which says so is the only one of its type and key (decisions 6). Whether the one that is there
 * still counts is looked up when a second comes; nothing is stored when a run starts or ends.
 */
@ApplicationScoped
public class Uniqueness {

    @Inject
    QueueSession session;

    @Inject
    UniqueStatement statement;

    /** What was taken within one command, and who stood in the way of the others. */
    static final class Claims {

        private final Map<UUID, UUID> standing = new HashMap<>();
        private final Map<Name, @Nullable Owner> before = new HashMap<>();
        private final Map<Name, UUID> taken = new HashMap<>();

        /** The task in whose favour this one is not admitted; null when it may be. */
        @Nullable
        UUID existing(TaskSpec spec) {
            return standing.get(spec.id());
        }
    }

    /** Takes the names of tasks, in the names' order. */
    Claims take(Caller caller, Instant now, Collection<TaskSpec> specs) {
        Claims claims = new Claims();
        List<TaskSpec> ordered = specs.stream()
                .filter(spec -> spec.gates().unique() != null)
                .sorted(Comparator.comparing(TaskSpec::type)
                        .thenComparing(spec -> unique(spec).key()))
                .toList();
        if (!ordered.isEmpty()) {
            session.work(connection -> {
                for (TaskSpec spec : ordered) {
                    take(connection, caller, now, spec, claims);
                }
                return claims;
            });
        }
        return claims;
    }

    private static Unique unique(TaskSpec spec) {
        return Objects.requireNonNull(spec.gates().unique());
    }

    private void take(Connection connection, Caller caller, Instant now, TaskSpec spec, Claims claims)
            throws SQLException {
        Unique unique = unique(spec);
        Name name = new Name(caller.tenant(), spec.type(), unique.key());
        Owner owner =
                new Owner(spec.id(), unique.until().name(), unique.period() == null ? null : now.plus(unique.period()));
        if (claims.taken.containsKey(name)) {
            claims.standing.put(spec.id(), claims.taken.get(name));
            return;
        }
        Owner other = null;
        while (other == null && !statement.take(connection, name, owner)) {
            other = statement.lock(connection, name).stream().findFirst().orElse(null);
        }
        if (other != null && stands(connection, caller, now, other)) {
            claims.standing.put(spec.id(), other.task());
            return;
        }
        if (other != null) {
            statement.move(connection, name, owner);
        }
        claims.before.put(name, other);
        claims.taken.put(name, spec.id());
    }

    /** Whether a task still is what it was to be the only one for. */
    private boolean stands(Connection connection, Caller caller, Instant now, Owner owner) throws SQLException {
        if (owner.lapsesAt() != null && !now.isBefore(owner.lapsesAt())) {
            return false;
        }
        UnderWay task = statement.underWay(connection, caller.tenant(), owner.task());
        return switch (Unique.Until.valueOf(owner.lasts())) {
            case STARTED -> !task.started() && task.unfinished();
            case FINISHED -> task.unfinished();
            case FOREVER -> true;
        };
    }

    /** Puts back what was taken for tasks that turned out to be there already. */
    void giveBack(Claims claims, Set<UUID> created) {
        if (claims.taken.isEmpty()) {
            return;
        }
        session.work(connection -> {
            for (Map.Entry<Name, UUID> one : claims.taken.entrySet()) {
                Owner before = claims.before.get(one.getKey());
                if (!created.contains(one.getValue())) {
                    if (before == null) {
                        statement.give(connection, one.getKey(), one.getValue());
                    } else {
                        statement.move(connection, one.getKey(), before);
                    }
                }
            }
            return claims;
        });
    }
}
