package dev.leasehold.testing;

import dev.leasehold.attempt.ExpireLeases;
import dev.leasehold.run.ExpireRuns;
import dev.leasehold.run.PromoteDueRuns;
import dev.leasehold.run.UnparkRuns;
import dev.leasehold.schedule.DeriveRuns;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Transient;
import dev.leasehold.sql.WaitStatement.Due;
import dev.leasehold.tenant.Caller;
import dev.leasehold.wait.CompleteWaits;
import dev.leasehold.wait.Waits;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What a server's timers do, done when asked. */
final class Moves {

    private static final int BATCH = 500;

    private final QueueProcess process;

    Moves(QueueProcess process) {
        this.process = process;
    }

    /** Moves everything whose instant has come. */
    void allThatIsDue() {
        each(process.get(DeriveRuns.class)::execute);
        each(process.get(ExpireLeases.class)::execute);
        each(process.get(ExpireRuns.class)::execute);
        each(process.get(PromoteDueRuns.class)::execute);
        each(process.get(UnparkRuns.class)::execute);
        each((caller, most) -> List.of(waits(caller, most.get(0))));
    }

    private int waits(Caller caller, int most) {
        List<Due> due = process.get(Waits.class).due(most);
        return process.get(CompleteWaits.class).execute(caller, due).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private void each(BiFunction<Caller, List<Integer>, List<Integer>> command) {
        Caller caller = Caller.system(process.toString());
        int done = BATCH;
        while (done >= BATCH) {
            done = unlessLocked(0, () -> {
                process.get(QueueSession.class).planForRanges();
                return command.apply(caller, List.of(BATCH)).get(0);
            });
        }
    }

    /** Runs the work in a transaction of its own; what meets a lock that another process holds did nothing. */
    <T> T unlessLocked(T otherwise, Supplier<T> work) {
        try {
            return process.transactions().inNew(work);
        } catch (PersistenceException e) {
            if (Transient.is(e)) {
                return otherwise;
            }
            throw e;
        }
    }
}
