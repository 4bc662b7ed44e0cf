package dev.leasehold.schedule;

import dev.leasehold.api.Cron.Overlap;
import dev.leasehold.schedule.Item.Fate;
import java.util.List;

/** Decides whether an instant runs beside earlier runs of its task, and counts those that are under way. */
final class Overlaps {

    static final String REASON = "overlap";

    private final Overlap policy;
    private final int before;
    private int going;
    private boolean cancelsGoing;

    /** Where so many runs are under way. */
    Overlaps(Overlap policy, int going) {
        this.policy = policy;
        this.before = going;
        this.going = going;
    }

    boolean allowed() {
        return policy == Overlap.ALLOW;
    }

    int going() {
        return going;
    }

    boolean cancelsGoing() {
        return cancelsGoing;
    }

    /**
     * Decides about an instant that has come.
     *
     * @param others what was decided about those before it
     */
    void decide(Item item, List<Item> others) {
        switch (policy) {
            case ALLOW -> run(item);
            case SKIP -> runAlone(item);
            case BUFFER_ONE -> {
                if (going > 0 && others.stream().noneMatch(one -> one.fate == Fate.WAIT)) {
                    item.fate = Fate.WAIT;
                } else {
                    runAlone(item);
                }
            }
            case CANCEL_PREVIOUS -> {
                cancelsGoing |= before > 0;
                others.stream().filter(one -> one.fate == Fate.RUN).forEach(one -> one.drop(REASON));
                going = 0;
                run(item);
            }
        }
    }

    private void runAlone(Item item) {
        if (going > 0) {
            item.drop(REASON);
        } else {
            run(item);
        }
    }

    private void run(Item item) {
        item.fate = Fate.RUN;
        going++;
    }
}
