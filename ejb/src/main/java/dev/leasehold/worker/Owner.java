package dev.leasehold.worker;

import dev.leasehold.settings.Settings;
import dev.leasehold.time.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** The name under which this process holds leases: a node that starts again is another holder than the one that died. */
@ApplicationScoped
public class Owner {

    @Inject
    Settings settings;

    @Inject
    Ids ids;

    private @Nullable String name;

    /** The node's name and what tells this process from its earlier ones. */
    public synchronized String name() {
        if (name == null) {
            name = settings.node() + "/" + ids.next();
        }
        return name;
    }
}
