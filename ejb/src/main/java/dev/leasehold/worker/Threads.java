package dev.leasehold.worker;

/**
 * The worker threads of this node.
 *
 * @param allowed how many may be here at once
 * @param busy how many run a handler
 * @param waiting how many wait for work, or store and claim for all
 */
public record Threads(int allowed, int busy, int waiting) {

    static final Threads NONE = new Threads(0, 0, 0);

    Threads plus(Threads other) {
        return new Threads(allowed + other.allowed, busy + other.busy, waiting + other.waiting);
    }
}
