package dev.leasehold.explain;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Rate;
import dev.leasehold.database.Fixture;
import dev.leasehold.queue.SetLimits;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitScope;
import dev.leasehold.task.PauseTasks;
import dev.leasehold.task.TaskOrder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a claim's statements ask of a run has a gate, and no gate is there of which they ask nothing. */
class ClaimGatesTest {

    /** What a claim compares, and the gates that tell of it. */
    private static final Map<String, Set<String>> GATES = Map.of(
            "claim_lane", Set.of("time", "hold"),
            "expires_at", Set.of("expiry"),
            "type", Set.of("worker"),
            "capabilities", Set.of("worker"),
            "queue", Set.of("worker", "queue_pause", "engine_pause"));

    /**
     * How rows are found, where in its order a claim begins (until the front is looked at again, decisions of 2026-11-21), and how much
     * fits into an answer. Runs that are gated need permits.
     */
    private static final Set<String> NO_GATES = Set.of(
            "tenant_id",
            "run_id",
            "task_id",
            "lane_id",
            "priority",
            "rank",
            "scheduled_at",
            "place",
            "number",
            "ctid",
            "payload_bytes",
            "gated",
            "fence");

    private static final Pattern CLAUSE = Pattern.compile(
            "\\b(select|from|where|order by|limit|for update|set|delete|returning|with|values|insert|update|join)\\b");
    private static final Pattern COLUMN = Pattern.compile("(?<![:\\w.])(?:[a-z]\\.)?([a-z_]+)(?![\\w.]|\\s*\\()");
    private static final Pattern PERMIT = Pattern.compile("[tl]\\.(\\w+)_permit");
    private static final Set<String> WORDS = Set.of(
            "where", "and", "or", "not", "is", "null", "as", "varchar", "integer", "uuid", "text", "b", "f", "t", "h",
            "claimed", "fitting", "leases", "taken", "on", "true", "false");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql/candidates",
                "postgresql/claim",
                "postgresql/claim_and_start",
                "h2/claimable",
                "h2/claimable_lanes"
            })
    void aClaimComparesOnlyWhatHasAGate(String statement) {
        Set<String> compared = compared(statement);

        compared.removeAll(NO_GATES);

        assertThat(compared).isNotEmpty().isSubsetOf(GATES.keySet());
    }

    @Test
    void everyPermitThatAClaimTakesIsOfAScope() {
        assertThat(permits(text("postgresql/candidates")))
                .isEqualTo(scopes())
                .isEqualTo(permits(text("common/explain")));
    }

    @Test
    void everyGateIsExplained() {
        try (Fixture queue = new Fixture(Database.H2)) {
            UUID run = queue.run(NewTask.of("mail")
                    .gates(new NewTask.Gates(
                            "K",
                            HoldPolicy.HOLD_DURING_RETRY,
                            null,
                            new Rate("r", 1, Duration.ofSeconds(1)),
                            null,
                            null)));
            queue.in(() -> queue.get(SetLimits.class)
                    .execute(
                            CALLER,
                            List.of(
                                    new Limit(PermitScope.QUEUE, "default", 1),
                                    new Limit(PermitScope.TYPE, "mail", 1))));
            UUID task = queue.row(run).taskId();
            queue.in(() -> queue.get(PauseTasks.class).execute(CALLER, List.of(TaskOrder.of(task))));

            Explanation explanation = queue.in(() -> queue.get(Explainer.class).explain(CALLER, run, null, List.of()));

            Stream<String> expected = Stream.concat(GATES.values().stream().flatMap(Set::stream), scopes().stream());
            assertThat(explanation.gates().stream().map(Gate::gate).collect(Collectors.toSet()))
                    .isEqualTo(expected.collect(Collectors.toSet()));
        }
    }

    private static Set<String> scopes() {
        return Stream.of(PermitScope.values()).map(PermitScope::word).collect(Collectors.toSet());
    }

    private static Set<String> permits(String sql) {
        return PERMIT.matcher(sql).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> compared(String statement) {
        Set<String> columns = new TreeSet<>();
        for (String clause : CLAUSE.matcher(text(statement)).replaceAll("\n$1").split("\n(?=[a-z])", -1)) {
            if (clause.startsWith("where ")) {
                COLUMN.matcher(clause).results().map(found -> found.group(1)).forEach(columns::add);
            }
        }
        columns.removeAll(WORDS);
        return columns;
    }

    private static String text(String statement) {
        try (InputStream in = Database.class.getResourceAsStream(statement + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
