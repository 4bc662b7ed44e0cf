package com.example.warehouse;

import jakarta.ejb.ApplicationException;

/** A parcel could not be stored; most of all, because there is one of that reference. Its transaction is rolled back. */
@ApplicationException(rollback = true)
public class ParcelRefused extends RuntimeException {

    ParcelRefused(String reference, Throwable cause) {
        super("no second parcel " + reference, cause);
    }
}
