package dev.leasehold.worker;

import dev.leasehold.lease.RecordProgress;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.LeaseStatement.Said;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Stores what attempts of this process have said of how far they are. */
@ApplicationScoped
public class Progresses {

    private static final int BATCH = 100;

    @Inject
    InHand inHand;

    @Inject
    RecordProgress record;

    @Inject
    Repeats repeats;

    @Inject
    Settings settings;

    /**
     * Stores what is news; what could not be stored is news again.
     *
     * @return how many attempts' progress was stored
     * @throws RuntimeException when nothing can be stored at the moment
     */
    public int store() {
        List<Said> said = inHand.said();
        int stored = 0;
        for (int from = 0; from < said.size(); from += BATCH) {
            stored += store(said.subList(from, Math.min(said.size(), from + BATCH)));
        }
        return stored;
    }

    /** Few at once: whoever finishes one of them waits for this. */
    private int store(List<Said> said) {
        List<RecordProgress.Result> results = repeats.call(() -> record.execute(Caller.system(settings.node()), said));
        int stored = 0;
        for (int i = 0; i < said.size(); i++) {
            if (results.get(i).stored()) {
                inHand.heard(said.get(i));
                stored++;
            }
        }
        return stored;
    }
}
