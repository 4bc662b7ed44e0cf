package dev.leasehold.api;

/** Whether a run keeps its concurrency key while it waits to be tried again or to go on. */
public enum HoldPolicy {
    /** It keeps the key until it ends: no other run of the key comes in between. */
    HOLD_DURING_RETRY("HoldDuringRetry"),
    /** It gives the key back while it waits. */
    RELEASE_ON_RETRY("ReleaseOnRetry");

    private final String word;

    HoldPolicy(String word) {
        this.word = word;
    }

    /** The name in the HTTP API. */
    public String word() {
        return word;
    }
}
