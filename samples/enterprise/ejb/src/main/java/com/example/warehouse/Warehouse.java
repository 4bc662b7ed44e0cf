package com.example.warehouse;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.TaskQueue;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The application's parcels. A task that is submitted here is there if, and only if, this bean's transaction commits. */
@Stateless
public class Warehouse {

    @PersistenceContext(unitName = "warehouse")
    private EntityManager entities;

    @Inject
    private TaskQueue queue;

    /**
     * Stores a parcel and submits the task to ship it.
     *
     * @throws ParcelRefused when there is one of that reference; then nothing is submitted either
     */
    public void accept(String reference) {
        queue.submit(NewTask.of("parcel.ship").payload(Payload.text(reference)));
        try {
            entities.persist(new Parcel(reference));
            entities.flush();
        } catch (PersistenceException e) {
            throw isDuplicate(e) ? new ParcelRefused(reference, e) : e;
        }
    }

    private static boolean isDuplicate(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException refusal
                        && Objects.toString(refusal.getSQLState(), "").startsWith("23"));
    }

    /** Marks one as shipped. */
    public void ship(String reference) {
        entities.find(Parcel.class, reference).ship();
    }

    /** Whether that parcel was shipped; empty when there is none. */
    public Optional<Boolean> shipped(String reference) {
        return Optional.ofNullable(entities.find(Parcel.class, reference)).map(Parcel::isShipped);
    }
}
