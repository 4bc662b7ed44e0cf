package dev.leasehold.registry;

import dev.leasehold.node.NodeRecord;
import dev.leasehold.node.Nodes;
import dev.leasehold.sql.DeadRows;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.RegistryStatement;
import dev.leasehold.sql.Repeats;
import dev.leasehold.time.Leasehold;
import dev.leasehold.time.Pace;
import dev.leasehold.worker.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * When this node looks whether it and its leases agree: at its start and with each of its duty's turns, unless a look at
 * all leases costs too much at the moment; and in any case where somebody asked it to, or a node was lost.
 */
@ApplicationScoped
public class Lookout {

    private record Seen(long asked, Set<UUID> lost) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Repeats repeats;

    @Inject
    Nodes nodes;

    @Inject
    Owner owner;

    @Inject
    QueueSession session;

    @Inject
    RegistryStatement statement;

    @Inject
    Reconciliation reconciliation;

    @Inject
    DeadRows dead;

    @Inject
    Pace pace;

    private Seen obeyed = new Seen(0, Set.of());

    /** Looks if it is time; answers how many differences it mended. */
    public synchronized int turn() {
        Seen seen = repeats.call(this::read);
        boolean called = seen.asked() != obeyed.asked() || !obeyed.lost().containsAll(seen.lost());
        if (!called && !pace.due()) {
            return 0;
        }
        Instant began = pace.now();
        int mended = (int) reconciliation.look().corrected();
        obeyed = seen;
        pace.ended(began, dead.areManyLeases());
        return mended;
    }

    private Seen read() {
        Instant now = clock.instant();
        List<NodeRecord> all = nodes.all();
        return new Seen(
                all.stream()
                        .filter(node -> node.id().equals(owner.id()))
                        .mapToLong(NodeRecord::looksAsked)
                        .sum(),
                all.stream()
                        .filter(node -> node.status(now) == NodeRecord.Status.LOST)
                        .map(NodeRecord::id)
                        .collect(Collectors.toSet()));
    }

    /** Asks all other nodes that live to look with their next turn; answers how many they are. */
    public int askOthers() {
        Instant now = clock.instant();
        return repeats.call(() -> session.work(connection -> statement.ask(connection, owner.id(), now)));
    }
}
