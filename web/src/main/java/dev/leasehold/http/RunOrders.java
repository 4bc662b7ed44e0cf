package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import dev.leasehold.idempotency.Answer;
import dev.leasehold.run.AppendNotes;
import dev.leasehold.run.CancelRuns;
import dev.leasehold.run.HoldRuns;
import dev.leasehold.run.MoveRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.Orders;
import dev.leasehold.run.PrioritizeRuns;
import dev.leasehold.run.PromoteRuns;
import dev.leasehold.run.RerunRuns;
import dev.leasehold.run.RescheduleRuns;
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
    PromoteRuns promote;

    @Inject
    RescheduleRuns reschedule;

    @Inject
    MoveRuns move;

    @Inject
    RerunRuns rerun;

    @Inject
    AppendNotes append;

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

    Answer runNow(Caller caller, Order order) {
        return done(order, "promoted", promote.execute(caller, List.of(order)));
    }

    Answer reschedule(Caller caller, RescheduleRuns.Request request) {
        requireDone(reschedule.execute(caller, List.of(request)).get(0).refusal());
        return Answering.ok(Item.of(request.order().runId(), "rescheduled")
                .with("scheduled_at", request.scheduledAt())
                .members());
    }

    Answer move(Caller caller, MoveRuns.Request request) {
        requireDone(move.execute(caller, List.of(request)).get(0).refusal());
        return Answering.ok(Item.of(request.order().runId(), "moved")
                .with("queue", request.queue())
                .members());
    }

    /**
     * Does it again.
     *
     * @param runsPath of all runs
     */
    Answer rerun(Caller caller, Order order, String runsPath) {
        RerunRuns.Result result = rerun.execute(caller, List.of(order)).get(0);
        requireDone(result.refusal());
        return Answering.answer(
                201,
                runsPath + result.rerun(),
                Item.of("run_id", String.valueOf(result.rerun()))
                        .with("rerun_of", order.runId())
                        .members());
    }

    Answer append(Caller caller, AppendNotes.Request request) {
        AppendNotes.Result result = append.execute(caller, List.of(request)).get(0);
        requireDone(result.refusal());
        return Answering.ok(new Item.Results(result.appended().stream()
                .map(one -> Item.of("seq", one.seq())
                        .with("duplicate", one.duplicate())
                        .members())
                .toList()));
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
