package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.idempotency.Answer;
import dev.leasehold.letter.IgnoreLetters;
import dev.leasehold.letter.LetterOrder;
import dev.leasehold.letter.Letters;
import dev.leasehold.letter.RetryLetters;
import dev.leasehold.run.AppendNotes;
import dev.leasehold.run.Order;
import dev.leasehold.run.Orders;
import dev.leasehold.run.PromoteRuns;
import dev.leasehold.run.RerunRuns;
import dev.leasehold.run.ResumeRuns;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunChanges;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.run.UnholdRuns;
import dev.leasehold.sql.LetterStatement;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Does what an operator chooses for a run, and notes it in the run's history, within one transaction (tandem 6.6). */
@ApplicationScoped
public class RecoveryChoices {

    /** What is chosen. */
    record Wanted(
            RecoveryChoice choice, Order order, @Nullable String letter) {}

    /** What came of it. */
    private record Done(String disposition, @Nullable UUID rerun) {}

    @Inject
    Runs runs;

    @Inject
    RunChanges changes;

    @Inject
    Letters letters;

    @Inject
    RetryLetters retry;

    @Inject
    IgnoreLetters ignore;

    @Inject
    ResumeRuns resume;

    @Inject
    UnholdRuns unhold;

    @Inject
    PromoteRuns promote;

    @Inject
    RerunRuns rerun;

    @Inject
    AppendNotes append;

    @Inject
    Ids ids;

    Answer choose(Caller caller, Wanted wanted) {
        Run run = runs.get(caller, wanted.order().runId()).run();
        Done done = switch (wanted.choice()) {
            case RESUME_FROM_CHECKPOINT -> resume(caller, run, wanted.order());
            case RETRY_FAILED_EFFECT, ABANDON_WITH_AUDIT -> decide(caller, wanted);
        };
        return Answering.ok(Item.of("run_id", run.id())
                .with("choice", wanted.choice().word())
                .with("execution_mode", wanted.choice().mode())
                .with("automatic_dispatch", wanted.choice().automatic())
                .with("dispatched", wanted.choice() != RecoveryChoice.ABANDON_WITH_AUDIT)
                .with("recorded", true)
                .with("event_seq", note(caller, wanted, done))
                .with("disposition", done.disposition())
                .with("rerun", done.rerun())
                .members());
    }

    /** The command decides under its lock whether that still applies. */
    private Done resume(Caller caller, Run run, Order order) {
        List<Order> orders = List.of(order);
        if (run.state() == RunState.FAILED) {
            RerunRuns.Result result = rerun.execute(caller, orders).get(0);
            require(result.refusal());
            return new Done("rerun", result.rerun());
        }
        if (run.state() == RunState.SUSPENDED) {
            return done("resumed", resume.execute(caller, orders));
        }
        return run.state() == RunState.RETRY_WAIT && !run.held()
                ? done("promoted", promote.execute(caller, orders))
                : done("unheld", unhold.execute(caller, orders));
    }

    private static Done done(String disposition, List<Orders.Result> results) {
        require(results.get(0).refusal());
        return new Done(disposition, null);
    }

    /** The run is held before its letter, as by whoever settles letters of a run that it holds. */
    private Done decide(Caller caller, Wanted wanted) {
        Order order = wanted.order();
        require(Orders.refusal(
                order, changes.hold(caller, List.of(order.runId())).get(order.runId())));
        String letter = wanted.letter() == null ? LetterStatement.idOf(order.runId()) : wanted.letter();
        if (!letters.get(caller, letter).source().run().equals(order.runId())) {
            throw new InvalidRequest("dead_letter_id", "must be of run " + order.runId());
        }
        List<LetterOrder> orders = List.of(new LetterOrder(letter, order.reason()));
        Letters.Result result = wanted.choice() == RecoveryChoice.RETRY_FAILED_EFFECT
                ? retry.execute(caller, orders).get(0)
                : ignore.execute(caller, orders).get(0);
        require(result.refusal());
        return new Done(
                String.valueOf(result.status() == null ? null : result.status().word()), null);
    }

    private int note(Caller caller, Wanted wanted, Done done) {
        UUID run = wanted.order().runId();
        byte[] data = Json.write(Item.of("recovery_choice", wanted.choice().word())
                .with("disposition", done.disposition())
                .with("rerun", done.rerun())
                .with("reason", wanted.order().reason())
                .members());
        AppendNotes.Note note =
                new AppendNotes.Note(run + ":choice:" + ids.next(), new String(data, StandardCharsets.UTF_8));
        Order noted = new Order(run, null, wanted.order().reason());
        AppendNotes.Result result = append.execute(caller, List.of(new AppendNotes.Request(noted, List.of(note))))
                .get(0);
        require(result.refusal());
        return result.appended().get(0).seq();
    }

    private static void require(@Nullable Fault refusal) {
        if (refusal != null) {
            throw refusal;
        }
    }
}
