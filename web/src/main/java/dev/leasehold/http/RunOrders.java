package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import dev.leasehold.idempotency.Answer;
import dev.leasehold.run.CancelRuns;
import dev.leasehold.run.HoldRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.Orders;
import dev.leasehold.run.PrioritizeRuns;
import dev.leasehold.run.ResumeRuns;
import dev.leasehold.run.Runs;
import dev.leasehold.run.UnholdRuns;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Does to one run what an operator asks, within a transaction, and answers it. */
@ApplicationScoped
public class RunOrders {

    @Inject
    CancelRuns cancel;

    @Inject
    ResumeRuns resume;

    @Inject
    PrioritizeRuns prioritize;

    @Inject
    HoldRuns hold;

    @Inject
    UnholdRuns unhold;

    @Inject
    Runs runs;

    Answer cancel(Caller caller, Order order) {
        CancelRuns.Result result = cancel.execute(caller, List.of(order)).get(0);
        requireDone(result.refusal());
        return Answering.ok(
                Item.of(order.runId(), String.valueOf(result.status()).toLowerCase(Locale.ROOT))
                        .members());
    }

    Answer resume(Caller caller, Order order) {
        return done(order, "resumed", resume.execute(caller, List.of(order)));
    }

    Answer hold(Caller caller, Order order) {
        return done(order, "held", hold.execute(caller, List.of(order)));
    }

    Answer unhold(Caller caller, Order order) {
        return done(order, "unheld", unhold.execute(caller, List.of(order)));
    }

    Answer prioritize(Caller caller, PrioritizeRuns.Request request) {
        requireDone(prioritize.execute(caller, List.of(request)).get(0).refusal());
        return Answering.ok(Item.of("run_id", request.order().runId())
                .with("priority", request.priority())
                .with("version", runs.get(caller, request.order().runId()).run().version())
                .members());
    }

    private static Answer done(Order order, String status, List<Orders.Result> results) {
        requireDone(results.get(0).refusal());
        return Answering.ok(Item.of(order.runId(), status).members());
    }

    private static void requireDone(@Nullable Fault refusal) {
        if (refusal != null) {
            throw refusal;
        }
    }
}
