package com.example.invoices;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.Handles;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.api.TaskQueue;
import jakarta.inject.Inject;

/** Pays an invoice and has it sent, both in the commit that completes the run. */
@Handles(value = "invoice.pay", transaction = HandlerTransaction.WITH_COMPLETION, terminal = AlreadyPaid.class)
public class PayInvoice implements Handler<InvoiceToSend> {

    @Inject
    private Invoices invoices;

    @Inject
    private TaskQueue queue;

    @Override
    public Outcome run(InvoiceToSend payload, Attempt attempt) {
        invoices.pay(payload.invoice());
        queue.submit(NewTask.of("invoice.send").payload(Payload.json("{\"invoice\":\"" + payload.invoice() + "\"}")));
        return Outcome.success();
    }
}
