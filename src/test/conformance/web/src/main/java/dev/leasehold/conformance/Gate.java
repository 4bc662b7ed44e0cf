package dev.leasehold.conformance;

import dev.leasehold.api.Attempt;
import dev.leasehold.lease.Leases;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where handlers wait in {@code block}: until they are released, or until their run is no longer theirs. */
@ApplicationScoped
public class Gate {

    private static final long LOOK_MILLIS = 100;

    private record Waiting(Attempt attempt, CountDownLatch latch) {}

    @Inject
    Repeats repeats;

    @Inject
    Leases leases;

    private final Collection<Waiting> waiting = ConcurrentHashMap.newKeySet();

    /** How many wait and were not told to go on. */
    int parked() {
        return waiting.size();
    }

    void await(Attempt attempt) throws InterruptedException {
        Waiting here = new Waiting(attempt, new CountDownLatch(1));
        waiting.add(here);
        try {
            while (!here.latch().await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (lost(attempt)) {
                    letGo(here);
                }
            }
        } finally {
            waiting.remove(here);
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

    /** Lets those go on whose run was canceled, or was taken from them. */
    void releaseLost() {
        waiting.stream().filter(one -> lost(one.attempt())).toList().forEach(this::letGo);
    }

    private void letGo(Waiting one) {
        waiting.remove(one);
        one.latch().countDown();
    }

    private boolean lost(Attempt attempt) {
        Caller caller = new Caller(Caller.DEFAULT_TENANT, "conformance");
        return repeats.call(() -> leases.of(caller, attempt.runId())
                .filter(lease -> lease.fence() == attempt.fence())
                .isEmpty());
    }
}
