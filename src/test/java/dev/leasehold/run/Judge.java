package dev.leasehold.run;

import dev.leasehold.fault.Fault;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Knows why an order may be refused, and which ones have to be; it counts them all. */
final class Judge {

    private final Tally tally;
    private final Consumer<String> surprise;

    Judge(Tally tally, Consumer<String> surprise) {
        this.tally = tally;
        this.surprise = surprise;
    }

    /** An order that may not be refused. */
    void done(Tally.Ask ask) {
        tally.count(ask, true);
    }

    /** An order that is either carried out or changes nothing, as it says. */
    void said(Tally.Ask ask, boolean changed) {
        tally.count(ask, changed);
    }

    /**
     * An order that may be refused.
     *
     * @param wrong the only reason for which it must be refused, as the asker knows; null when he knows of none
     * @param allowed the reasons for which it may be
     */
    void refused(
            Tally.Ask ask,
            @Nullable Fault refusal,
            @Nullable Class<? extends Fault> wrong,
            List<Class<? extends Fault>> allowed) {
        tally.count(ask, refusal == null);
        if (wrong == null && refusal != null && !allowed.contains(refusal.getClass())) {
            surprise.accept("ORDER: " + ask + " is refused: " + refusal);
        }
        if (wrong != null && !wrong.isInstance(refusal)) {
            surprise.accept("ORDER: a wrong " + ask + " is answered " + refusal);
        }
    }
}
