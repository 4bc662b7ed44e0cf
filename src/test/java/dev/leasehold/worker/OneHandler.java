package dev.leasehold.worker;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;

/** One task type, and what its handler does; an {@link IOException} is final. */
final class OneHandler extends HandlerExtension {

    private final String type;
    private final HandlerTransaction transaction;
    private final Work work;

    /** What a handler does. */
    @FunctionalInterface
    interface Work {
        Outcome run(Attempt attempt) throws Exception;
    }

    private record Working(Work work) implements Handler<Payload> {
        @Override
        public Outcome run(Payload payload, Attempt attempt) throws Exception {
            return work.run(attempt);
        }
    }

    OneHandler(String type, HandlerTransaction transaction, Work work) {
        this.type = type;
        this.transaction = transaction;
        this.work = work;
    }

    @Override
    public Set<String> types() {
        return Set.of(type);
    }

    @Override
    public Class<?> handlerClass(String ofType) {
        return Working.class;
    }

    @Override
    public HandlerTransaction transaction(String ofType) {
        return transaction;
    }

    @Override
    public boolean isTerminal(String ofType, Throwable failure) {
        return failure instanceof IOException;
    }

    @Override
    public <R> R with(String ofType, Function<Handler<?>, R> call) {
        return call.apply(new Working(work));
    }
}
