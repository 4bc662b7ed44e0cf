package dev.leasehold.node;

import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.List;

/** What is done before a transaction is committed, once: by whoever commits it here, or else when the server says so. */
final class LastActions implements Synchronization {

    private final List<Runnable> actions = new ArrayList<>();

    void add(Runnable action) {
        actions.add(action);
    }

    void run() {
        List<Runnable> left = List.copyOf(actions);
        actions.clear();
        left.forEach(Runnable::run);
    }

    @Override
    public void beforeCompletion() {
        run();
    }

    @Override
    public void afterCompletion(int status) {
        // all is done
    }
}
