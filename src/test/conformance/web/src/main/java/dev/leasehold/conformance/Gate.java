package dev.leasehold.conformance;

import dev.leasehold.api.Attempt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where handlers wait: in {@code block} until they are released, in {@code sleep} for a time; until told to stop. */
@ApplicationScoped
public class Gate {

    private static final long LOOK_MILLIS = 10;

    private record Waiting(Attempt attempt, CountDownLatch latch) {}

    @Inject
    Calls calls;

    private final Collection<Waiting> waiting = ConcurrentHashMap.newKeySet();

    /** How many wait and were not told to go on. */
    int parked() {
        return waiting.size();
    }

    void block(Attempt attempt) throws InterruptedException {
        Waiting here = new Waiting(attempt, new CountDownLatch(1));
        waiting.add(here);
        try {
            await(here, Long.MAX_VALUE);
        } finally {
            waiting.remove(here);
        }
    }

    void sleep(Attempt attempt, long millis) throws InterruptedException {
        await(new Waiting(attempt, new CountDownLatch(1)), TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void await(Waiting here, long nanos) throws InterruptedException {
        long begin = System.nanoTime();
        boolean open = false;
        while (!open && System.nanoTime() - begin < nanos) {
            open = here.latch().await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (!open && here.attempt().cancelRequested()) {
                calls.stopped(here.attempt(), System.nanoTime() - begin);
                letGo(here);
            }
        }
    }

    /** Lets the handlers of a run go on, or all; answers how many did. */
    int release(@Nullable UUID run) {
        List<Waiting> chosen = waiting.stream()
                .filter(one -> run == null || one.attempt().runId().equals(run))
                .toList();
        chosen.forEach(this::letGo);
        return chosen.size();
    }

    /** Lets those go on that have to stop. */
    void releaseStopped() {
        waiting.stream().filter(one -> one.attempt().cancelRequested()).toList().forEach(this::letGo);
    }

    private void letGo(Waiting one) {
        waiting.remove(one);
        one.latch().countDown();
    }
}
