package dev.leasehold.worker;

import dev.leasehold.settings.Settings;
import dev.leasehold.time.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The name under which this process holds leases: a node that starts again is another holder than the one that died. */
@ApplicationScoped
public class Owner {

    @Inject
    Settings settings;

    @Inject
    Ids ids;

    private @Nullable UUID id;
    private @Nullable String name;

    /** What tells this process from all others. */
    public synchronized UUID id() {
        if (id == null) {
            id = ids.next();
        }
        return id;
    }

    /** The node's name and the process's id. */
    public synchronized String name() {
        if (name == null) {
            name = settings.node() + "/" + id();
        }
        return name;
    }
}
