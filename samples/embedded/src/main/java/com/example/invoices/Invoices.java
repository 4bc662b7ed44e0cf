package com.example.invoices;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** The application's invoices, in its own persistence unit. */
@ApplicationScoped
@Transactional
public class Invoices {

    @PersistenceContext(unitName = "invoices")
    private EntityManager entities;

    /** Stores a new one. */
    public void add(UUID id) {
        entities.persist(new Invoice(id));
    }

    /** Marks one as sent. */
    public void send(UUID id) {
        entities.find(Invoice.class, id, LockModeType.PESSIMISTIC_WRITE).send();
    }

    /**
     * Marks one as paid, and writes that at once.
     *
     * @throws AlreadyPaid when it is
     */
    public void pay(UUID id) {
        entities.find(Invoice.class, id, LockModeType.PESSIMISTIC_WRITE).pay();
        entities.flush();
    }

    /** How many there are. */
    public long count() {
        return entities.createQuery("select count(i) from Invoice i", Long.class)
                .getSingleResult();
    }

    /** How many were sent. */
    public long countSent() {
        return entities.createQuery("select count(i) from Invoice i where i.sent = true", Long.class)
                .getSingleResult();
    }

    /** How many were paid. */
    public long countPaid() {
        return entities.createQuery("select count(i) from Invoice i where i.paid = true", Long.class)
                .getSingleResult();
    }

    /** How many runs the queue holds in the same database. */
    public long countRuns() {
        return ((Number) entities.createNativeQuery("select count(*) from leasehold.run")
                        .getSingleResult())
                .longValue();
    }

    /** How many of them failed. */
    public long countFailed() {
        return ((Number) entities.createNativeQuery("select count(*) from leasehold.run where state = 'Failed'")
                        .getSingleResult())
                .longValue();
    }
}
