package com.example.invoices;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** An invoice that is to be sent. */
@Entity
public class Invoice {

    @Id
    private UUID id;

    private boolean sent;

    private boolean paid;

    /** For JPA. */
    protected Invoice() {}

    /** One that was not sent yet. */
    public Invoice(UUID id) {
        this.id = id;
    }

    /** Its id. */
    public UUID getId() {
        return id;
    }

    /** Whether it was sent. */
    public boolean isSent() {
        return sent;
    }

    /** Whether it was paid. */
    public boolean isPaid() {
        return paid;
    }

    void pay() {
        if (paid) {
            throw new AlreadyPaid(id);
        }
        paid = true;
    }

    void send() {
        sent = true;
    }
}
