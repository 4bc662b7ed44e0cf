package dev.leasehold.letter;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.audit.Effect;
import dev.leasehold.audit.Effect.Cause;
import dev.leasehold.audit.EffectType;
import dev.leasehold.fault.Fault;
import dev.leasehold.sql.LetterRow;
import dev.leasehold.sql.LetterStatement;
import dev.leasehold.sql.LetterStatement.Listing;
import dev.leasehold.sql.LetterStatement.Place;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads dead letters, and has what somebody decides about them stored; within a transaction. */
@ApplicationScoped
public class Letters {

    /**
     * What became of an order.
     *
     * @param status where the letter stands now; null when refused
     * @param refusal why nothing was changed
     */
    public record Result(
            @Nullable LetterStatus status, @Nullable Fault refusal) {}

    /** Where a verb applies, its participle, and as what and of which command the audit has it. */
    record Verb(Set<LetterStatus> from, String done, EffectType effect, Class<?> command) {
        static Verb of(Class<?> command, EffectType effect, String done, LetterStatus first, LetterStatus... others) {
            return new Verb(EnumSet.of(first, others), done, effect, command);
        }
    }

    @Inject
    QueueSession session;

    @Inject
    LetterStatement statement;

    @Inject
    AuditTrail audit;

    /**
     * One letter.
     *
     * @throws LetterNotFound when the caller's tenant has none of that id
     */
    public LetterRow get(Caller caller, String letter) {
        return session.work(connection -> statement.find(connection, caller.tenant(), List.of(letter))).stream()
                .findFirst()
                .orElseThrow(() -> new LetterNotFound(letter));
    }

    /** Up to {@code max} letters behind that one, or from the first, by the instant of their first failure, then id. */
    public List<LetterRow> page(
            Caller caller, @Nullable LetterStatus status, @Nullable UUID run, @Nullable String after, int max) {
        Place place = after == null ? null : place(get(caller, after));
        Listing listing = new Listing(status == null ? null : status.word(), run);
        return session.work(connection -> statement.list(connection, caller.tenant(), listing, place, max));
    }

    private static Place place(LetterRow letter) {
        return new Place(letter.createdAt(), letter.id());
    }

    /** Changes letters one after the other, in the orders' order; of one that is named twice the second sees the first. */
    List<Result> decide(
            Caller caller, List<LetterOrder> orders, Verb verb, BiFunction<LetterRow, LetterOrder, LetterRow> change) {
        List<String> ids = orders.stream().map(LetterOrder::letter).toList();
        Map<String, LetterRow> held = new HashMap<>();
        session.work(connection -> statement.lock(connection, caller.tenant(), ids))
                .forEach(letter -> held.put(letter.id(), letter));
        List<Result> results = new ArrayList<>();
        for (LetterOrder order : orders) {
            results.add(decide(caller, order, verb, held, change));
        }
        session.work(connection -> {
            statement.change(connection, List.copyOf(held.values()));
            return held;
        });
        return results;
    }

    private Result decide(
            Caller caller,
            LetterOrder order,
            Verb verb,
            Map<String, LetterRow> held,
            BiFunction<LetterRow, LetterOrder, LetterRow> change) {
        LetterRow letter = held.get(order.letter());
        if (letter == null) {
            return new Result(null, new LetterNotFound(order.letter()));
        }
        LetterStatus status = LetterStatus.of(letter.status());
        if (verb.command() == RetryLetters.class && !letter.source().ofRun()) {
            return new Result(
                    null, InvalidStatus.ofNoRun(letter.id(), letter.source().type(), status));
        }
        if (!verb.from().contains(status)) {
            return new Result(null, new InvalidStatus(letter.id(), status, verb.done()));
        }
        LetterRow after = change.apply(letter, order);
        held.put(letter.id(), after);
        Effect effect = Effect.of(verb.effect(), Cause.of(verb.command(), order.reason()), state(letter), state(after));
        audit.record(
                caller,
                after.updatedAt(),
                List.of(effect.run(letter.source().run()).with("dead_letter_id", letter.id())));
        return new Result(LetterStatus.of(after.status()), null);
    }

    private static Map<String, String> state(LetterRow letter) {
        return Map.of("dead_letter_id", letter.id(), "status", letter.status());
    }
}
