package dev.leasehold.api;

/**
 * Does the work of one task type. Implement it in a CDI bean that carries {@link Handles}.
 *
 * <p>A run may be attempted more than once (http.md, decisions 10): effects outside the queue's database are made
 * repeatable with the attempt's run id, attempt id and fence.
 *
 * @param <P> how the payload is wanted: {@link Payload} as it came, {@code byte[]}, {@code String} (UTF-8), or any type
 *     that Jackson can read from the payload's JSON
 */
@FunctionalInterface
public interface Handler<P> {

    /**
     * Runs one attempt on a thread of the server's executor; no transaction is open meanwhile, unless the handler declares
     * {@link HandlerTransaction#WITH_COMPLETION}.
     *
     * @param payload the task's payload
     * @param attempt what is being attempted
     * @return how it ended
     * @throws Exception counts as a failure with the exception's message and cause chain; a retryable one, unless it is
     *     among {@link Handles#terminal()}
     */
    Outcome run(P payload, Attempt attempt) throws Exception;
}
