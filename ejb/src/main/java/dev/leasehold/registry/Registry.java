package dev.leasehold.registry;

import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.RegistryStatement;
import dev.leasehold.sql.RegistryStatement.Leased;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import dev.leasehold.worker.ActiveAttempts;
import dev.leasehold.worker.Owner;
import dev.leasehold.worker.UnderWay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which runs are carried out now, keyed by task and run: here as this node knows it, elsewhere as the leases say. */
@ApplicationScoped
public class Registry {

    private static final int PAGE = 1000;
    private static final UUID FIRST = new UUID(0, 0);

    /**
     * A part of the list.
     *
     * @param entries what this node carries out, on the first page alone, and what others do
     * @param next where the next page begins; null behind the last
     */
    public record Listing(List<Entry> entries, @Nullable UUID next) {}

    @Inject
    Repeats repeats;

    @Inject
    QueueSession session;

    @Inject
    RegistryStatement statement;

    @Inject
    ActiveAttempts active;

    @Inject
    Owner owner;

    /**
     * A page: everything here, then what others hold behind that run.
     *
     * @param after the run behind which others' begin; null for the first page
     * @param max how many leases are read at most
     */
    public Listing list(Caller caller, @Nullable UUID after, int max) {
        List<Entry> entries = new ArrayList<>(after == null ? resident() : List.of());
        List<Leased> page = page(caller, after == null ? FIRST : after, max);
        page.stream().filter(this::elsewhere).map(Entry::remote).forEach(entries::add);
        return new Listing(
                entries, page.size() < max ? null : page.get(page.size() - 1).runId());
    }

    /** One entry; none where the run is not carried out, or is another task's. */
    public Optional<Entry> find(Caller caller, UUID task, UUID run) {
        Optional<Entry> here = resident().stream()
                .filter(entry -> entry.runId().equals(run) && entry.taskId().equals(task))
                .findFirst();
        return here.isPresent()
                ? here
                : repeats.call(() -> session.work(connection -> statement.one(connection, caller.tenant(), run)))
                        .filter(lease -> elsewhere(lease) && lease.taskId().equals(task))
                        .map(Entry::remote);
    }

    /** Has all leases read in pages, each in a transaction of its own that has ended before it is looked at. */
    void eachPage(Caller caller, Consumer<List<Leased>> reader) {
        UUID after = FIRST;
        List<Leased> page;
        do {
            page = page(caller, after, PAGE);
            reader.accept(page);
            after = page.isEmpty() ? after : page.get(page.size() - 1).runId();
        } while (page.size() == PAGE);
    }

    private List<Leased> page(Caller caller, UUID after, int max) {
        return repeats.call(() -> session.work(connection -> statement.page(connection, caller.tenant(), after, max)));
    }

    /** The newest of each run. */
    private List<Entry> resident() {
        List<Entry> entries = new ArrayList<>();
        UUID last = FIRST;
        for (UnderWay one : active.all()) {
            if (!one.runId().equals(last)) {
                entries.add(Entry.resident(one, owner.name(), owner.id()));
            }
            last = one.runId();
        }
        return entries;
    }

    private boolean elsewhere(Leased lease) {
        return !owner.id().equals(lease.nodeId());
    }
}
