package dev.leasehold.schedule;

import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.sql.ScheduleStatement;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Derives the runs of tasks that recur, and decides about those whose instant has come (decisions 6); of every tenant,
 * the longest overdue first. Nodes pass by schedules that another one is deriving from.
 */
@Stateless
public class DeriveRuns {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    ScheduleStatement schedules;

    @Inject
    Derivation derivation;

    @Inject
    UnreadablePolicies unreadable;

    /**
     * Derives once for each batch size.
     *
     * @param caller whom the events name
     * @param batches how many schedules with something due each batch takes at most, 1 to 10000
     * @return how many schedules each advanced
     */
    public List<Integer> execute(Caller caller, List<Integer> batches) {
        Instant now = clock.instant();
        return batches.stream().map(max -> derive(caller, now, max)).toList();
    }

    private int derive(Caller caller, Instant now, int max) {
        Map<UUID, List<UUID>> due =
                session.work(connection -> schedules.due(connection, now, max, unreadable.at(now))).stream()
                        .collect(Collectors.groupingBy(
                                ScheduleStatement.Key::tenant,
                                LinkedHashMap::new,
                                Collectors.mapping(ScheduleStatement.Key::task, Collectors.toList())));
        int advanced = 0;
        int derived = 0;
        for (Map.Entry<UUID, List<UUID>> one : due.entrySet()) {
            if (derived >= Derivation.MOST_TOGETHER) {
                return advanced;
            }
            Caller system = new Caller(one.getKey(), caller.subject());
            List<ScheduleRow> rows =
                    session.work(connection -> schedules.lockFree(connection, system.tenant(), one.getValue()));
            derived += derivation.advance(system, now, rows, true).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            advanced += rows.size();
        }
        return advanced;
    }
}
