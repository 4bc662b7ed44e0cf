package com.example.warehouse;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import jakarta.inject.Inject;

/** Ships a parcel, in the commit that completes the run. */
@Handles(value = "parcel.ship", transaction = HandlerTransaction.WITH_COMPLETION)
public class ShipParcel implements Handler<String> {

    @Inject
    private Warehouse warehouse;

    @Override
    public Outcome run(String reference, Attempt attempt) {
        warehouse.ship(reference);
        return Outcome.success();
    }
}
