package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Leases the best ready runs to one worker, and starts their attempts when asked to. */
public interface ClaimStatement {

    /** How often one claim looks at most for runs that it may lease. */
    int MOST_PASSES = 4;

    /** How long a transaction that holds something is likely to take. */
    Duration SHORTLY = Duration.ofMillis(25);

    /**
     * Who asks, and when.
     *
     * @param tenant whose runs
     * @param owner the worker's name
     * @param node the node whose heartbeat keeps the leases; null for a worker that renews its own
     * @param actor whom the events name
     * @param now the command's instant
     * @param expiry when the leases end, unless they are kept
     * @param grace how long after an attempt's deadline its lease may last
     */
    record Holder(
            UUID tenant, String owner, @Nullable UUID node, String actor, Instant now, Instant expiry, Duration grace) {

        /** When it is worth to look again for what others hold for the moment. */
        public Instant shortly() {
            return now.plus(SHORTLY);
        }

        /** The same as values, with the mark that stands for all queues in a pause. */
        public Values values() {
            return new Values()
                    .set("tenant", tenant)
                    .set("owner", owner)
                    .set("node", node)
                    .set("actor", actor)
                    .set("now", now)
                    .set("expiry", expiry)
                    .set("grace_micros", TimeUnit.NANOSECONDS.toMicros(grace.toNanos()))
                    .set("everything", "");
        }
    }

    /**
     * What is asked for.
     *
     * @param types of these task types; null for any
     * @param queues from these queues; null for any
     * @param otherQueues but not from these
     * @param capabilities what the worker can do, beside its types
     * @param max how many at most
     * @param payloadBytes how many bytes of payload together; the first run is granted in any case
     * @param floors where to begin in a lane; from its front where none is given
     * @param attemptIds as many ids as {@code max} to start an attempt of each run; empty to lease only
     */
    record Claim(
            @Nullable List<String> types,
            @Nullable List<String> queues,
            List<String> otherQueues,
            List<String> capabilities,
            int max,
            long payloadBytes,
            List<LanePlace> floors,
            List<UUID> attemptIds) {

        /** Whether the attempts start at once. */
        public boolean starts() {
            return !attemptIds.isEmpty();
        }

        /** The same from the front of every lane. */
        Claim fromFront() {
            return new Claim(types, queues, otherQueues, capabilities, max, payloadBytes, List.of(), attemptIds);
        }

        /** What is wanted beside so many, from there on. */
        public Claim rest(int got, List<LanePlace> from) {
            List<UUID> ids = starts() ? attemptIds.subList(got, attemptIds.size()) : attemptIds;
            return new Claim(types, queues, otherQueues, capabilities, max - got, payloadBytes, from, ids);
        }

        /** The same as values. */
        public Values values() {
            return new Values()
                    .set("any_type", types == null)
                    .column("types", "varchar", types == null ? List.<String>of() : types, item -> item)
                    .set("any_queue", queues == null)
                    .column("queues", "varchar", queues == null ? List.<String>of() : queues, item -> item)
                    .column("other_queues", "varchar", otherQueues, item -> item)
                    .column("capabilities", "varchar", capabilities, item -> item)
                    .set("max", max)
                    .set("payload_bytes", payloadBytes)
                    .with(LanePlace.floors(floors))
                    .column("attempt_ids", "uuid", attemptIds, item -> item);
        }
    }

    /**
     * What came of it.
     *
     * @param runs the runs that were leased, best first
     * @param taken the places of runs such that nothing before them was passed by in their lanes; none where floors are
     *     of no use
     * @param more whether it is worth to ask again: more had to be put aside than one claim does
     * @param againAt when it is worth to ask again, since a rate has room again for which runs wait, or somebody held a
     *     permit that some need; null when nothing is known
     */
    record Granted(
            List<Claimed> runs,
            List<LanePlace> taken,
            boolean more,
            @Nullable Instant againAt) {}

    /** Leases runs. */
    Granted claim(Connection connection, Holder holder, Claim claim) throws SQLException;
}
