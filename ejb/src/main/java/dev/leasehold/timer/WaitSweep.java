package dev.leasehold.timer;

import dev.leasehold.node.Node;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.sql.Transient;
import dev.leasehold.sql.WaitStatement.Due;
import dev.leasehold.tenant.Caller;
import dev.leasehold.wait.CompleteWaits;
import dev.leasehold.wait.Waits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;

/** Does what is due of waits. A run with which that fails does not keep others from it: batches are halved down to it. */
@ApplicationScoped
public class WaitSweep {

    private static final System.Logger LOG = System.getLogger(Duties.class.getName());

    @Inject
    Node node;

    @Inject
    Settings settings;

    @Inject
    Waits waits;

    @Inject
    CompleteWaits complete;

    @Inject
    Repeats repeats;

    /** Goes on until nothing more is due; answers how many waits something was done about. */
    int pass() {
        int all = 0;
        List<Due> due = find();
        while (!due.isEmpty()) {
            int done = each(due);
            all += done;
            due = done == 0 ? List.of() : find();
        }
        return all;
    }

    private List<Due> find() {
        return node.active() ? repeats.call(() -> waits.due(Batches.SIZE)) : List.of();
    }

    private int each(List<Due> due) {
        try {
            return repeats.call(() -> complete.execute(Caller.system(settings.node()), due)).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        } catch (RuntimeException e) {
            if (Transient.is(e)) {
                throw e;
            }
            if (due.size() == 1) {
                LOG.log(Level.WARNING, "what is due of run " + due.get(0).run() + " cannot be done", e);
                return 0;
            }
            int half = due.size() / 2;
            return each(due.subList(0, half)) + each(due.subList(half, due.size()));
        }
    }
}
