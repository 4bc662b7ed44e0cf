package dev.leasehold.api;

/** An attempt that lost its concurrency key wanted to write after a newer one had. */
public final class StaleFence extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Such an attempt.
     *
     * @param key the concurrency key
     * @param fence the attempt's number
     * @param newest a greater number that has written; one more than the attempt's where the transaction cannot see it
     */
    public StaleFence(String key, long fence, long newest) {
        super("key " + key + ": fence " + fence + " is older than " + newest + ", which has written already");
    }
}
