package dev.leasehold.run;

import dev.leasehold.fault.Fault;
import dev.leasehold.letter.Course;
import dev.leasehold.sql.LetterRow;
import dev.leasehold.sql.LetterStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Re-runs the runs of dead letters whose retry is due, of every tenant. A letter that has a re-run under way, whoever asked
 * for it, waits for that one's end. Nodes pass by what another one is retrying.
 */
@Stateless
public class RetryRuns {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    LetterStatement letters;

    @Inject
    Reruns reruns;

    /**
     * Looks once for each batch size.
     *
     * @param caller whom the events name
     * @param batches how many letters each batch takes at most, 1 to 10000
     * @return how many were due in each
     */
    public List<Integer> execute(Caller caller, List<Integer> batches) {
        Instant now = clock.instant();
        return batches.stream().map(max -> retry(caller, now, max)).toList();
    }

    private int retry(Caller caller, Instant now, int max) {
        Map<UUID, List<LetterStatement.Key>> due =
                session.work(connection -> letters.due(connection, now, max)).stream()
                        .collect(Collectors.groupingBy(
                                LetterStatement.Key::tenant, LinkedHashMap::new, Collectors.toList()));
        return due.entrySet().stream()
                .mapToInt(one -> retry(new Caller(one.getKey(), caller.subject()), now, one.getValue()))
                .sum();
    }

    /** Tasks are held first, so that whoever re-runs one of their runs is done: what has a re-run then is known. */
    private int retry(Caller caller, Instant now, List<LetterStatement.Key> due) {
        Set<UUID> canceled =
                reruns.hold(caller, due.stream().map(LetterStatement.Key::task).collect(Collectors.toSet()));
        List<String> ids = due.stream().map(LetterStatement.Key::letter).toList();
        List<LetterRow> held = session.work(connection -> letters.lockFree(connection, caller.tenant(), ids)).stream()
                .filter(letter -> letter.retry().dueAt() != null)
                .filter(letter ->
                        !now.isBefore(Objects.requireNonNull(letter.retry().dueAt())))
                .toList();
        List<String> heldIds = held.stream().map(LetterRow::id).toList();
        Set<String> live =
                session.work(connection -> letters.live(connection, caller.tenant(), heldIds, RunState.endWords()));
        List<LetterRow> free =
                held.stream().filter(letter -> !live.contains(letter.id())).toList();
        List<LetterRow> changed = new ArrayList<>(rerun(caller, now, free, canceled));
        held.stream()
                .filter(letter -> live.contains(letter.id()))
                .map(Course::waiting)
                .forEach(changed::add);
        session.work(connection -> {
            letters.change(connection, changed);
            return changed;
        });
        return held.size();
    }

    private List<LetterRow> rerun(Caller caller, Instant now, List<LetterRow> free, Set<UUID> canceled) {
        List<Order> orders = free.stream()
                .map(letter -> new Order(letter.source().run(), null, "retry of " + letter.id()))
                .toList();
        List<RerunRuns.Result> results = reruns.append(caller, now, orders, canceled);
        List<LetterRow> changed = new ArrayList<>();
        for (int i = 0; i < free.size(); i++) {
            UUID rerun = results.get(i).rerun();
            Fault refusal = results.get(i).refusal();
            changed.add(
                    rerun == null
                            ? Course.refused(
                                    free.get(i),
                                    now,
                                    Objects.requireNonNull(refusal).message())
                            : Course.dispatched(free.get(i), now, rerun));
        }
        return changed;
    }
}
