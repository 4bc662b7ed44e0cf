package dev.leasehold.queue;

import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** Reads what is paused, within a transaction. */
@ApplicationScoped
public class Pauses {

    @Inject
    @Leasehold
    EntityManager entities;

    /** The pause of one queue, while there is one. */
    public Optional<Pause> of(Caller caller, String queue) {
        return Optional.ofNullable(entities.find(Pause.class, new PauseOrder(queue, null).key(caller)));
    }

    /** The pause of everything, while there is one. */
    public Optional<Pause> ofEverything(Caller caller) {
        return Optional.ofNullable(entities.find(Pause.class, new PauseOrder(null, null).key(caller)));
    }
}
