package dev.leasehold.testing;

import java.util.List;

/** Runs are ready that no handler of the test would ever take. */
public final class UnhandledRuns extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> types;

    UnhandledRuns(List<String> types) {
        super("runs are ready of types that nobody here handles: " + String.join(", ", types)
                + "; add their handlers, or leave them to others with TestQueue.elsewhere");
        this.types = types;
    }

    /** The task types of these runs, in alphabetical order. */
    public List<String> types() {
        return types;
    }
}
