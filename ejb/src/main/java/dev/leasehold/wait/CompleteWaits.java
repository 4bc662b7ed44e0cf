package dev.leasehold.wait;

import dev.leasehold.letter.LateWaits;
import dev.leasehold.letter.LateWaits.Late;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.run.RunChanges;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.sql.WaitStatement;
import dev.leasehold.sql.WaitStatement.Due;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import dev.leasehold.wait.WaitEffects.Effect;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Does what is due of waits: ends those whose instant has come, and acts on those that take too long. Nodes pass by the
 * runs that another transaction holds.
 */
@Stateless
public class CompleteWaits {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    WaitStatement statement;

    @Inject
    ChangeStatement runs;

    @Inject
    RunChanges changes;

    @Inject
    LateWaits letters;

    @Inject
    ReadyBell bell;

    /**
     * Looks at runs of any tenants; one that another transaction holds is left for later.
     *
     * @param caller whom the events name
     * @param due runs that were found to have a wait that is due
     * @return for each, in order, how many of its waits something was done about
     */
    public List<Integer> execute(Caller caller, List<Due> due) {
        Instant now = clock.instant();
        Map<UUID, List<UUID>> runs = due.stream()
                .collect(Collectors.groupingBy(
                        Due::tenant, TreeMap::new, Collectors.mapping(Due::run, Collectors.toList())));
        Map<UUID, Integer> done = new HashMap<>();
        runs.forEach((tenant, ids) -> complete(new Caller(tenant, caller.subject()), now, ids, done));
        bell.ringOnCommit();
        return due.stream()
                .map(one -> Objects.requireNonNullElse(done.remove(one.run()), 0))
                .toList();
    }

    private void complete(Caller caller, Instant now, List<UUID> ids, Map<UUID, Integer> done) {
        List<LockedRun> held = session.work(connection -> runs.lockFree(connection, caller.tenant(), ids));
        while (!held.isEmpty()) {
            Collection<UUID> acted = round(caller, now, held);
            acted.forEach(run -> done.merge(run, 1, Integer::sum));
            held = session.work(connection -> runs.read(connection, caller.tenant(), acted));
        }
    }

    /** Does what is due of one wait of each run; answers the runs that had one. */
    private Collection<UUID> round(Caller caller, Instant now, List<LockedRun> held) {
        List<UUID> ids = held.stream().map(LockedRun::id).toList();
        Map<UUID, List<WaitRow>> waits =
                session.work(connection -> statement.blocking(connection, caller.tenant(), ids)).stream()
                        .collect(Collectors.groupingBy(WaitRow::run));
        Map<UUID, Effect> effects = new LinkedHashMap<>();
        for (LockedRun run : held) {
            List<WaitRow> all = waits.getOrDefault(run.id(), List.of());
            due(all, now).ifPresent(wait -> effects.put(run.id(), WaitEffects.due(run, all, wait, now)));
        }
        changes.store(caller, now, effects.values().stream().map(Effect::change).toList());
        session.work(connection -> {
            for (Effect effect : effects.values()) {
                statement.set(connection, effect.row(), WaitEffects.dueAt(effect.row()));
            }
            return true;
        });
        letters.leave(caller, now, late(effects));
        return effects.keySet();
    }

    private static List<Late> late(Map<UUID, Effect> effects) {
        List<Late> late = new ArrayList<>();
        effects.forEach((run, effect) -> {
            if (effect.late() != null) {
                late.add(new Late(run, effect.row().id(), effect.late()));
            }
        });
        return late;
    }

    private static Optional<WaitRow> due(List<WaitRow> all, Instant now) {
        return all.stream()
                .filter(wait -> {
                    Instant at = WaitEffects.dueAt(wait);
                    return at != null && !at.isAfter(now);
                })
                .min(Comparator.comparing((WaitRow wait) -> Objects.requireNonNull(WaitEffects.dueAt(wait)))
                        .thenComparing(WaitRow::id));
    }
}
