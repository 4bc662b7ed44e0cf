package dev.leasehold.node;

import dev.leasehold.settings.Settings;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Notes that nodes live: every lease that names one lasts for the lease's length from then on (decisions 6). */
@Stateless
public class RecordHeartbeats {

    /**
     * A node that lives.
     *
     * @param id its process
     * @param name its name
     * @param types the task types that it has handlers for
     * @param capabilities what its handlers can do that some runs require
     */
    public record Beat(UUID id, String name, List<String> types, List<String> capabilities) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    @Leasehold
    EntityManager entities;

    @Inject
    Settings settings;

    /**
     * Notes heartbeats.
     *
     * @param caller the queue itself
     * @param beats the nodes
     * @return for each when its leases end unless it is heard of again
     */
    public List<Instant> execute(Caller caller, List<Beat> beats) {
        Instant now = clock.instant();
        return beats.stream().map(beat -> note(beat, now)).toList();
    }

    private Instant note(Beat beat, Instant now) {
        NodeRecord record = entities.find(NodeRecord.class, beat.id());
        if (record == null) {
            record = new NodeRecord(beat.id(), beat.name(), now);
            entities.persist(record);
        }
        record.beat(beat, now, settings.lease());
        return record.expiry();
    }
}
