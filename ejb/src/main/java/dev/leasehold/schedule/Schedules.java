package dev.leasehold.schedule;

import dev.leasehold.run.RunState;
import dev.leasehold.sql.FiringStatement;
import dev.leasehold.sql.LiveFiring;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.sql.ScheduleStatement;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads when tasks recur, within a transaction. */
@ApplicationScoped
public class Schedules {

    /**
     * Where a task's schedule stands.
     *
     * @param version how often its policy was replaced, from 1
     * @param instants how many instants were counted, those included that got no run
     * @param nextInstant the first that nobody has come to; null after the last
     * @param ended whether there is no instant left to derive a run for
     */
    public record Standing(
            int version, long instants, @Nullable Instant nextInstant, boolean ended) {}

    @Inject
    QueueSession session;

    @Inject
    ScheduleStatement schedules;

    @Inject
    FiringStatement firings;

    /** Where the schedules of those of the tasks stand that have one. */
    public Map<UUID, Standing> of(Caller caller, Collection<UUID> tasks) {
        List<ScheduleRow> rows = session.work(connection -> schedules.of(connection, caller.tenant(), tasks));
        List<UUID> found = rows.stream().map(ScheduleRow::task).toList();
        List<LiveFiring> live = session.work(connection -> firings.live(connection, caller.tenant(), found));
        Map<UUID, Standing> standings = new HashMap<>();
        rows.forEach(row -> standings.put(row.task(), standing(row, live)));
        return standings;
    }

    private static Standing standing(ScheduleRow row, List<LiveFiring> live) {
        Instant next = row.cursor().next();
        Instant waiting = live.stream()
                .filter(one -> one.task().equals(row.task()))
                .filter(one -> RunState.SCHEDULED.word().equals(one.state()) && !one.buffered())
                .map(LiveFiring::at)
                .findFirst()
                .orElse(next);
        return new Standing(row.version(), row.cursor().instants(), waiting, next == null);
    }

    /** How many missed instants a run stands for, if any. */
    public Optional<Long> missed(Caller caller, UUID run) {
        return session.work(connection -> firings.missed(connection, caller.tenant(), run));
    }
}
