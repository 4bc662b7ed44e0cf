package dev.leasehold.worker;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.attempt.Terms;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Causes;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.OutcomeUnknown;
import dev.leasehold.sql.Transactions;
import dev.leasehold.task.Admissions;
import dev.leasehold.time.Leasehold;
import dev.leasehold.time.Stopwatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Calls the handler of one attempt, and turns whatever comes of it into an outcome. */
@ApplicationScoped
public class HandlerCall {

    private static final Payload NOTHING = Payload.of(null, Payload.Form.BASE64, new byte[0]);
    private static final String NOT_COMMITTED = "the handler's transaction was not committed: ";
    private static final String NOT_STORED = "the result could not be stored: ";
    private static final String LEFT_OVER =
            "the handler returned within a transaction of its own, which was rolled back";

    private final Map<String, JavaType> payloadTypes = new ConcurrentHashMap<>();

    @Inject
    HandlerExtension handlers;

    @Inject
    Transactions transactions;

    @Inject
    TransactedAttempt transacted;

    @Inject
    Completions completions;

    @Inject
    Settings settings;

    @Inject
    InHand inHand;

    @Inject
    Admissions admissions;

    @Inject
    Mailbox mailbox;

    @Inject
    @Leasehold
    Clock clock;

    /**
     * Runs the attempt that was started with the claim; a thrown exception is a failure, overtime a timeout.
     *
     * @return what is to be stored, and no success after a commit of unknown outcome; null when it is stored already
     */
    public @Nullable Outcome call(Claimed run) {
        Token token = inHand.token(run);
        if (!commitsWithCompletion(run)) {
            return withMore(run, token);
        }
        try {
            return transacted.run(run, token, longestTransaction(run), () -> timed(run, token));
        } catch (Throwable e) {
            return Outcome.retry(NOT_COMMITTED + FailureText.of(e));
        }
    }

    private @Nullable Outcome withMore(Claimed run, Token token) {
        Outcome outcome = timed(run, token);
        boolean alone = token.submitted().isEmpty() && outcome.awaited() == null;
        return alone || outcome.kind().failed() ? outcome : stored(run, outcome, token);
    }

    private @Nullable Outcome stored(Claimed run, Outcome outcome, Token token) {
        boolean unsure = false;
        for (int tries = 1; ; tries++) {
            try {
                return completions.store(run, outcome, token, unsure);
            } catch (Throwable e) {
                if (!completions.worthAnother(e, tries)) {
                    return Outcome.retry(NOT_STORED + Causes.root(e));
                }
                unsure |= e instanceof OutcomeUnknown;
            }
        }
    }

    private Outcome timed(Claimed run, Token token) {
        Stopwatch stopwatch = new Stopwatch(run.timeout());
        Outcome outcome = guarded(run, token, stopwatch);
        boolean late = stopwatch.isOver() && outcome.kind() != Outcome.Kind.SUSPENDED;
        return late ? Outcome.timeout(Terms.of(run).timedOut()) : outcome;
    }

    private Outcome guarded(Claimed run, Token token, Stopwatch stopwatch) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Thread.currentThread()
                    .setContextClassLoader(handlers.handlerClass(run.type()).getClassLoader());
            Outcome outcome = inHand.during(
                    run, token, () -> handlers.with(run.type(), handler -> call(handler, run, token, stopwatch)));
            return endLeftOver(run) ? Outcome.retry(LEFT_OVER) : Outputs.checked(outcome, settings.maxPayloadBytes());
        } catch (Throwable e) {
            endLeftOver(run);
            return Outcome.retry(FailureText.of(e));
        } finally {
            Thread.interrupted();
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private boolean commitsWithCompletion(Claimed run) {
        return handlers.transaction(run.type()) == HandlerTransaction.WITH_COMPLETION;
    }

    private boolean endLeftOver(Claimed run) {
        return !commitsWithCompletion(run) && transactions.endLeftOver();
    }

    private Outcome call(Handler<?> handler, Claimed run, Token token, Stopwatch stopwatch) {
        Object payload;
        JavaType type = payloadType(run.type());
        try {
            payload = HandlerInput.read(run.payload() == null ? NOTHING : run.payload(), type);
        } catch (IOException e) {
            return Outcome.fail(HandlerInput.fault(type, e));
        }
        return run(handler, payload, attempt(run, token, stopwatch));
    }

    @SuppressWarnings("unchecked") // the payload was made for the type that the handler declares
    private <P> Outcome run(Handler<P> handler, Object payload, Attempt attempt) {
        try {
            Outcome outcome = handler.run((P) payload, attempt);
            return outcome == null ? Outcome.retry("the handler returned null") : outcome;
        } catch (Throwable e) {
            return handlers.isTerminal(attempt.type(), e)
                    ? Outcome.fail(FailureText.of(e))
                    : Outcome.retry(FailureText.of(e));
        }
    }

    private JavaType payloadType(String taskType) {
        return payloadTypes.computeIfAbsent(taskType, this::declaredType);
    }

    private JavaType declaredType(String taskType) {
        JavaType handler = TypeFactory.defaultInstance()
                .constructType(handlers.handlerClass(taskType))
                .findSuperType(Handler.class);
        return handler.containedTypeOrUnknown(0);
    }

    private Attempt attempt(Claimed run, Token token, Stopwatch stopwatch) {
        Instant deadline = run.deadline();
        Stopwatch transaction = new Stopwatch(commitsWithCompletion(run) ? longestTransaction(run) : null);
        return new CurrentAttempt(
                run,
                token,
                () -> token.stopped() || stopwatch.isOver() || transaction.isOver() || isPast(deadline),
                admissions,
                mailbox);
    }

    private Duration longestTransaction(Claimed run) {
        Duration longest = settings.longestTransaction();
        Duration wanted = run.timeout() == null ? longest : run.timeout().plus(settings.timeoutGrace());
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }

    private boolean isPast(@Nullable Instant deadline) {
        return deadline != null && clock.instant().isAfter(deadline);
    }
}
