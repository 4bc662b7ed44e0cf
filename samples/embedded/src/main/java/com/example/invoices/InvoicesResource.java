package com.example.invoices;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.TaskQueue;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** The application's own API. */
@RequestScoped
@Path("invoices")
@Produces(MediaType.TEXT_PLAIN)
public class InvoicesResource {

    @Inject
    private Invoices invoices;

    @Inject
    private TaskQueue queue;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    /** Stores an invoice and submits the task to send it, in one transaction; {@code rollback} undoes both. */
    @POST
    @Transactional
    public String add(@QueryParam("rollback") boolean rollback) {
        UUID id = UUID.randomUUID();
        invoices.add(id);
        queue.submit(NewTask.of("invoice.send").payload(Payload.json("{\"invoice\":\"" + id + "\"}")));
        if (rollback) {
            transaction.setRollbackOnly();
        }
        return id.toString();
    }

    /** Submits the task to pay an invoice. */
    @POST
    @Path("{id}/payments")
    @Transactional
    public String pay(@PathParam("id") UUID id) {
        return queue.submit(NewTask.of("invoice.pay").payload(Payload.json("{\"invoice\":\"" + id + "\"}")))
                .toString();
    }

    /** How many invoices, sent and paid ones, runs, and failed runs there are. */
    @GET
    @Transactional
    public String counts() {
        return "invoices=" + invoices.count() + " sent=" + invoices.countSent() + " paid=" + invoices.countPaid()
                + " runs=" + invoices.countRuns() + " failed=" + invoices.countFailed();
    }
}
