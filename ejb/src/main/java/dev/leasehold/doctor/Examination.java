package dev.leasehold.doctor;

import dev.leasehold.time.Stopwatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look after the other, on one connection: one that fails says so and stops no other. */
final class Examination {

    /** After this nothing more is begun. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final String FORBIDDEN = "42501";
    private static final String CANCELED = "57014";
    private static final Set<String> LOST_STATEMENTS = Set.of("26000", "42P05");

    /** Looks at one thing. */
    @FunctionalInterface
    interface Look {
        /** What was found. */
        List<Finding> at(Connection connection) throws SQLException;
    }

    private final Connection connection;
    private final Stopwatch watch = new Stopwatch(LONGEST);
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable String role;

    Examination(Connection connection) {
        this.connection = connection;
    }

    /** Looks with the eyes of that role from now on. */
    void as(String name) {
        role = name;
    }

    /** Adds what is found, under a word for what was looked at. */
    void look(String what, Look look) {
        if (watch.isOver()) {
            findings.add(unseen(what, "was left out: those before it took " + Words.seconds(LONGEST), null));
            return;
        }
        try {
            findings.addAll(look.at(connection));
        } catch (SQLException e) {
            findings.add(failed(what, String.valueOf(e.getSQLState())));
        }
    }

    /** The worst first, otherwise as they were found. */
    List<Finding> findings() {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }

    private Finding failed(String what, String state) {
        if (LOST_STATEMENTS.contains(state)) {
            return Capacity.lostStatement(state);
        }
        if (state.equals(FORBIDDEN)) {
            return Finding.of(
                    Code.NOT_VISIBLE,
                    Severity.WARNING,
                    "the role may not look at " + what,
                    new Detail().put("check", what).put("sql_state", state),
                    role == null ? null : Capacity.grant(role));
        }
        return unseen(what, state.equals(CANCELED) ? "took too long" : "failed with SQL state " + state, state);
    }

    private static Finding unseen(String what, String how, @Nullable String state) {
        Detail detail = new Detail().put("check", what).put("sql_state", state);
        return Finding.of(Code.CHECK_FAILED, Severity.WARNING, "the look at " + what + " " + how, detail, null);
    }
}
