package dev.leasehold.http;

import dev.leasehold.attempt.Attempts;
import dev.leasehold.lease.Lease;
import dev.leasehold.lease.Leases;
import dev.leasehold.node.NodeRecord;
import dev.leasehold.node.Nodes;
import dev.leasehold.run.RunEvent;
import dev.leasehold.run.RunInLane;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.run.Runs;
import dev.leasehold.schedule.Schedules;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads a run with all that belongs to it, as it was at one moment although that takes several queries. */
@ApplicationScoped
public class RunDetails {

    private static final int TRIES = 5;

    private record Reading(RunDetail detail, boolean whole) {}

    @Inject
    Repeats repeats;

    @Inject
    Runs runs;

    @Inject
    Attempts attempts;

    @Inject
    Schedules schedules;

    @Inject
    Leases leases;

    @Inject
    Nodes nodes;

    @Inject
    @Leasehold
    Clock clock;

    /**
     * Reads it again while it moves on meanwhile, a few times at most.
     *
     * @throws RunNotFound when the caller's tenant has none of that id
     */
    RunDetail get(Caller caller, UUID id) {
        Reading reading = read(caller, id);
        for (int tries = 1; tries < TRIES && !reading.whole(); tries++) {
            reading = read(caller, id);
        }
        return reading.detail();
    }

    private Reading read(Caller caller, UUID id) {
        return repeats.call(() -> {
            List<RunEvent> events = runs.events(caller, id);
            var ended = attempts.of(caller, id);
            var lease = leases.of(caller, id).map(this::current).orElse(null);
            RunInLane found = runs.get(caller, id);
            boolean whole = !events.isEmpty()
                    && events.get(events.size() - 1).version() == found.run().version();
            return new Reading(
                    RunDetail.of(
                            found,
                            events.stream().map(RunDetail.Told::of).toList(),
                            ended.stream().map(RunDetail.Ended::of).toList(),
                            lease,
                            schedules.missed(caller, id)),
                    whole);
        });
    }

    /** The same of a history that was read already, within the same transaction, with the last attempts and no outputs. */
    RunDetail of(Caller caller, UUID id, List<EventRow> events, int most) {
        List<RunDetail.Ended> ended = attempts.newest(caller, id, most).stream()
                .map(one -> new RunDetail.Ended(
                        one.attemptId(), one.startedAt(), one.finishedAt(), one.result(), one.error(), null))
                .toList();
        RunDetail.Current lease = leases.of(caller, id).map(this::current).orElse(null);
        return RunDetail.of(
                runs.get(caller, id),
                events.stream().map(RunDetail.Told::of).toList(),
                ended,
                lease,
                schedules.missed(caller, id));
    }

    private RunDetail.Current current(Lease lease) {
        Instant expiry = Optional.ofNullable(lease.nodeId())
                .flatMap(nodes::find)
                .map(NodeRecord::expiry)
                .orElse(lease.expiry());
        Instant deadline = lease.deadline();
        return new RunDetail.Current(
                lease, expiry, deadline != null && !clock.instant().isBefore(deadline));
    }
}
