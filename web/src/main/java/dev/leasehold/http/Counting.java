package dev.leasehold.http;

import dev.leasehold.run.RunFilter;
import dev.leasehold.run.Runs;
import dev.leasehold.stats.Stats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says how long lists are when somebody asks, within a transaction; what the stats know is not counted. */
@ApplicationScoped
public class Counting {

    @Inject
    Runs runs;

    @Inject
    Stats stats;

    Optional<Count> tasks(Caller caller, @Nullable Integer most) {
        return most == null
                ? Optional.empty()
                : Optional.of(Count.of(stats.of(caller).tasks(), most));
    }

    Optional<Count> runs(Caller caller, RunFilter filter, @Nullable Integer most) {
        if (most == null) {
            return Optional.empty();
        }
        boolean byState = filter.equals(new RunFilter(filter.states(), null, null, null));
        long found = byState ? stats.of(caller).runs(filter.states()) : runs.count(caller, filter, most + 1);
        return Optional.of(Count.of(found, most));
    }
}
