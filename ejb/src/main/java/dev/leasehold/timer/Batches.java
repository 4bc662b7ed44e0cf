package dev.leasehold.timer;

import dev.leasehold.settings.Settings;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Repeats a command of the queue itself as long as its batches come back full, each in a transaction of its own. */
@ApplicationScoped
public class Batches {

    /** How much one batch does at most. */
    static final int SIZE = 500;

    @Inject
    Settings settings;

    @Inject
    Repeats repeats;

    @Inject
    QueueSession session;

    /** Goes on as long as batches come back with {@link #SIZE}, and it may; answers how much they did. */
    int each(BooleanSupplier goesOn, Function<Caller, List<Integer>> command) {
        return each(SIZE, goesOn, command);
    }

    /** The same with batches that are full with so much. */
    int each(int full, BooleanSupplier goesOn, Function<Caller, List<Integer>> command) {
        Caller caller = Caller.system(settings.node());
        int all = 0;
        int done = full;
        while (done >= full && goesOn.getAsBoolean()) {
            done = repeats.call(() -> {
                        session.planForRanges();
                        return command.apply(caller);
                    })
                    .get(0);
            all += done;
        }
        return all;
    }
}
