package com.example.invoices;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import jakarta.inject.Inject;

/** Sends an invoice; the queue calls it after the commit that stored both. */
@Handles("invoice.send")
public class SendInvoice implements Handler<InvoiceToSend> {

    @Inject
    private Invoices invoices;

    @Override
    public Outcome run(InvoiceToSend payload, Attempt attempt) {
        invoices.send(payload.invoice());
        return Outcome.success();
    }
}
