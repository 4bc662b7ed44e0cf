package dev.leasehold.client;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reports ends of attempts, all that came while the last report was under way in one. A report is repeated until it is
 * answered, or the lease is known to be lost.
 */
final class Reports {

    private record Ended(Work work, Outcome outcome, boolean instead) {}

    private static final System.Logger LOG = System.getLogger(Worker.class.getName());
    private static final int MOST = 1000;
    private static final int MOST_BYTES = 8 << 20;

    private final Leases leases;
    private final WorkerSettings settings;
    private final InHand inHand;
    private final BlockingQueue<Ended> waiting = new LinkedBlockingQueue<>();

    Reports(Leases leases, WorkerSettings settings, InHand inHand) {
        this.leases = leases;
        this.settings = settings;
        this.inHand = inHand;
    }

    void add(Work work, Outcome outcome) {
        waiting.add(new Ended(work, outcome, false));
    }

    /** Works until it is interrupted. */
    void run() throws InterruptedException {
        while (true) {
            deliver(next());
        }
    }

    private List<Ended> next() throws InterruptedException {
        List<Ended> batch = new ArrayList<>();
        int bytes = 0;
        for (Ended ended = waiting.take(); ended != null; ended = fits(batch, bytes) ? waiting.poll() : null) {
            batch.add(ended);
            Payload output = ended.outcome().output();
            bytes += output == null ? 0 : output.size();
        }
        return batch;
    }

    private static boolean fits(List<Ended> batch, int bytes) {
        return batch.size() < MOST && bytes < MOST_BYTES;
    }

    private void deliver(List<Ended> batch) throws InterruptedException {
        List<Ended> left = batch;
        for (int failures = 0; ; failures++) {
            left = left.stream().filter(this::worthwhile).toList();
            if (left.isEmpty()) {
                return;
            }
            LeaseholdException failure = send(left);
            if (failure == null) {
                return;
            }
            switch (failure.status()) {
                case 400, 413, 422 -> {
                    halve(left, failure);
                    return;
                }
                default -> await(failure, failures);
            }
        }
    }

    private boolean worthwhile(Ended ended) {
        boolean lost = ended.work().lost();
        if (lost) {
            inHand.endLost(ended.work());
        }
        return !lost;
    }

    private @Nullable LeaseholdException send(List<Ended> batch) {
        try {
            List<Lease.Verdict> verdicts = leases.finish(
                    settings.owner(),
                    batch.stream()
                            .map(ended -> ended.work().report(ended.outcome()))
                            .toList());
            for (int i = 0; i < batch.size(); i++) {
                heed(batch.get(i), verdicts.get(i));
            }
            return null;
        } catch (LeaseholdException e) {
            return e;
        }
    }

    private void heed(Ended ended, Lease.Verdict verdict) {
        if (verdict.leaseLost()) {
            inHand.endLost(ended.work());
        } else if ("invalid_outcome".equals(verdict.error())) {
            refused(ended, String.valueOf(verdict.message()));
        } else {
            if (!verdict.status().equals("accepted")) {
                LOG.log(Level.WARNING, "the result of {0} is rejected: {1}", ended.work(), verdict.message());
            }
            inHand.end(ended.work());
        }
    }

    /** A request is refused as a whole: the one at fault must not keep the others. */
    private void halve(List<Ended> batch, LeaseholdException refusal) throws InterruptedException {
        if (batch.size() == 1) {
            refused(batch.get(0), refusal.message());
            return;
        }
        deliver(batch.subList(0, batch.size() / 2));
        deliver(batch.subList(batch.size() / 2, batch.size()));
    }

    private void refused(Ended ended, String why) {
        LOG.log(Level.WARNING, "the result of {0} is refused: {1}", ended.work(), why);
        if (ended.instead()) {
            inHand.end(ended.work());
        } else {
            waiting.add(new Ended(ended.work(), Outcome.retry("the result was refused: " + why), true));
        }
    }

    private void await(LeaseholdException failure, int failures) throws InterruptedException {
        if (failure.code().equals(LeaseholdException.INTERRUPTED)) {
            throw new InterruptedException();
        }
        if (failures == 0) {
            LOG.log(Level.WARNING, "results cannot be reported: {0}; trying again", failure.message());
        }
        Thread.sleep(settings.pauses().patient(failures, failure.retryAfter()).toMillis());
    }
}
