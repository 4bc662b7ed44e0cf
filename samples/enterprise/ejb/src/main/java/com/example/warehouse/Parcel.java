package com.example.warehouse;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A parcel that is to be shipped. */
@Entity
public class Parcel {

    @Id
    private String reference;

    private boolean shipped;

    /** For JPA. */
    protected Parcel() {}

    /** One that was not shipped yet. */
    public Parcel(String reference) {
        this.reference = reference;
    }

    /** What its sender calls it. */
    public String getReference() {
        return reference;
    }

    /** Whether it was shipped. */
    public boolean isShipped() {
        return shipped;
    }

    void ship() {
        shipped = true;
    }
}
