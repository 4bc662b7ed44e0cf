package dev.leasehold.explain;

import dev.leasehold.node.NodeRecord;
import dev.leasehold.node.Nodes;
import dev.leasehold.queue.Pauses;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.sql.ExplainStatement;
import dev.leasehold.sql.ExplainStatement.Standing;
import dev.leasehold.sql.ObservationStatement;
import dev.leasehold.sql.PermitRow;
import dev.leasehold.sql.PermitStatement;
import dev.leasehold.sql.PermitStatement.Held;
import dev.leasehold.sql.PermitStatement.Holding;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says of a run which of a claim's conditions it meets, within a transaction (http.md 2). */
@ApplicationScoped
public class Explainer {

    /** How many holders of a gate are named at most. */
    static final int MOST_HOLDERS = 10;

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    ExplainStatement statement;

    @Inject
    PermitStatement permits;

    @Inject
    ObservationStatement observation;

    @Inject
    Pauses pauses;

    @Inject
    Nodes nodes;

    /**
     * Explains a run.
     *
     * @param caller the tenant
     * @param run the run
     * @param worker who is to take it; null for whoever can
     * @param others who might, beside the handlers of the nodes that live
     * @throws RunNotFound when the caller's tenant has none of that id
     */
    public Explanation explain(Caller caller, UUID run, @Nullable Ability worker, List<Ability> others) {
        Instant now = clock.instant();
        Standing standing = session.work(connection -> statement.find(connection, caller.tenant(), run))
                .orElseThrow(() -> new RunNotFound(run));
        Gates gates = new Gates(run, standing, standing.buffered() ? earlier(caller, run) : List.of(), now);
        if (gates.beyond()) {
            return new Explanation(run, standing.state(), false, List.of(gates.last()));
        }
        List<Gate> all = new ArrayList<>(gates.waiting(
                pauses.ofEverything(caller).orElse(null),
                pauses.of(caller, standing.queue()).orElse(null),
                worker == null ? known(now, others) : List.of(worker)));
        session.work(connection -> observation.blocking(connection, caller.tenant(), run, MOST_HOLDERS)).stream()
                .map(gates::wait)
                .forEach(all::add);
        all.addAll(session.work(connection -> permits(connection, caller, run, standing, now)));
        boolean runnable = all.stream().allMatch(Gate::open);
        return new Explanation(run, standing.state(), runnable, all);
    }

    private List<UUID> earlier(Caller caller, UUID run) {
        return session.work(connection -> statement.earlier(connection, caller.tenant(), run, MOST_HOLDERS));
    }

    private List<Ability> known(Instant now, List<Ability> others) {
        return Stream.concat(
                        nodes.all().stream()
                                .filter(node -> node.status(now) != NodeRecord.Status.LOST)
                                .map(node -> new Ability(node.name(), node.types(), null, node.capabilities())),
                        others.stream())
                .toList();
    }

    private List<Gate> permits(Connection connection, Caller caller, UUID run, Standing standing, Instant now)
            throws SQLException {
        Set<Long> kept = permits.heldBy(connection, caller.tenant(), List.of(run)).stream()
                .map(Held::permit)
                .collect(Collectors.toSet());
        Map<Long, PermitRow> rows = new LinkedHashMap<>();
        permits.read(connection, caller.tenant(), standing.permits()).forEach(row -> rows.put(row.id(), row));
        List<Gate> gates = new ArrayList<>();
        for (long id : standing.permits()) {
            PermitRow row = Objects.requireNonNull(rows.get(id));
            List<Holding> holders = permits.holders(connection, caller.tenant(), id, MOST_HOLDERS);
            gates.add(permit(row, kept.contains(id), holders, now));
        }
        return gates;
    }

    /** A rate also has room for what lapsed and was not yet taken back: a claim takes it back. */
    private static Gate permit(PermitRow row, boolean kept, List<Holding> holders, Instant now) {
        boolean lapsed = holders.stream().anyMatch(one -> one.until() != null && !now.isBefore(one.until()));
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("name", row.name());
        if (row.most() != null) {
            detail.put("limit", row.most());
        }
        detail.put("used", row.used());
        Gate gate = Gate.of(row.scope().word(), kept || row.room() > 0 || lapsed, detail)
                .by(holders.stream().map(one -> one.run().toString()).toList())
                .at(holders.stream()
                        .map(Holding::until)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
        return switch (row.scope()) {
            case RATE -> gate;
            case TASK -> gate.action("POST /api/v1/tasks/" + row.name() + "/resume");
            case QUEUE -> gate.action("PUT /api/v1/queues/" + segment(row.name()));
            case KEY, TYPE -> gate.action("PUT /api/v1/limits/" + row.scope().word() + "/" + segment(row.name()));
        };
    }

    /** The call that ends a wait which somebody can still answer. */
    public static String answering(WaitRow wait) {
        return wait.name() == null
                ? "POST /api/v1/waits/" + segment(wait.id()) + "/resolve"
                : "POST /api/v1/runs/" + wait.run() + "/signals/" + segment(wait.name());
    }

    /** A name as one segment of a path. */
    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
