package com.example.warehouse;

import jakarta.ejb.ApplicationException;

/** There is a parcel of that reference. The transaction is rolled back. */
@ApplicationException(rollback = true)
public class ParcelRefused extends RuntimeException {

    ParcelRefused(String reference, Throwable cause) {
        super("no second parcel " + reference, cause);
    }
}
