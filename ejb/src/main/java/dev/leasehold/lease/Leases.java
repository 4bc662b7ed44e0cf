package dev.leasehold.lease;

import dev.leasehold.run.RunKey;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.UUID;

/** Reads leases, within a transaction. */
@ApplicationScoped
public class Leases {

    @Inject
    @Leasehold
    EntityManager entities;

    /** The run's lease, while it has one. */
    public Optional<Lease> of(Caller caller, UUID run) {
        return Optional.ofNullable(entities.find(Lease.class, new RunKey(caller.tenant(), run)));
    }
}
