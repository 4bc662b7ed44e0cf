package dev.leasehold.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Claims runs for the threads that wait, one long poll after the other, until the slots are closed. */
final class Claims {

    private static final System.Logger LOG = System.getLogger(Worker.class.getName());
    private static final int MOST = 1000;
    private static final int SETTLING = 3;

    private final Leases leases;
    private final WorkerSettings settings;
    private final List<String> types;
    private final Slots slots;
    private final Consumer<Lease> begin;

    Claims(Leases leases, WorkerSettings settings, List<String> types, Slots slots, Consumer<Lease> begin) {
        this.leases = leases;
        this.settings = settings;
        this.types = types;
        this.slots = slots;
        this.begin = begin;
    }

    /**
     * Works until it is told to end.
     *
     * @throws LeaseholdException when the server refuses what this worker is
     */
    void run() throws InterruptedException {
        for (int free = slots.take(MOST); free > 0; free = slots.take(MOST)) {
            int begun = 0;
            try {
                begun = begin(granted(claim(free)));
            } finally {
                slots.giveBack(free - begun);
            }
        }
    }

    private Claim claim(int max) {
        return new Claim(
                settings.owner(),
                max,
                settings.lease(),
                settings.poll(),
                settings.queues(),
                types,
                settings.capabilities(),
                true,
                Ids.next());
    }

    /** Asks until there is an answer; once the worker ends, only for what a lost answer may have granted. */
    private List<Lease> granted(Claim first) throws InterruptedException {
        Claim claim = first;
        int settling = 0;
        for (int failures = 0; settling < SETTLING; failures++) {
            try {
                List<Lease> granted = leases.claim(claim);
                if (failures > 0) {
                    LOG.log(Level.INFO, "the server answers again");
                }
                return granted;
            } catch (LeaseholdException e) {
                requireAnotherTry(e, failures);
                pause(settings.pauses().patient(failures, e.retryAfter()), settling > 0);
            }
            if (slots.closed()) {
                claim = first.settling();
                settling++;
            }
        }
        return List.of();
    }

    private void pause(Duration pause, boolean settling) throws InterruptedException {
        if (settling) {
            Thread.sleep(pause.toMillis());
        } else {
            slots.pause(pause);
        }
    }

    private static void requireAnotherTry(LeaseholdException failure, int failures) throws InterruptedException {
        if (failure.code().equals(LeaseholdException.INTERRUPTED)) {
            throw new InterruptedException();
        }
        switch (failure.status()) {
            case 400, 401, 403, 422 -> throw failure;
            default -> {
                if (failures == 0) {
                    LOG.log(Level.WARNING, "no runs can be claimed: {0}; trying again", failure.message());
                }
            }
        }
    }

    /** Begins what was started, gives back the rest, and answers how many it began. */
    private int begin(List<Lease> granted) {
        List<Lease> started =
                granted.stream().filter(lease -> lease.attemptId() != null).toList();
        List<Lease.Held> others = granted.stream()
                .filter(lease -> lease.attemptId() == null)
                .map(Lease::held)
                .toList();
        started.forEach(begin);
        if (!others.isEmpty()) {
            release(others);
        }
        return started.size();
    }

    private void release(List<Lease.Held> others) {
        try {
            leases.release(settings.owner(), others);
        } catch (LeaseholdException e) {
            LOG.log(Level.WARNING, "{0} leases will lapse: {1}", others.size(), e.message());
        }
    }
}
