package dev.leasehold.registry;

import dev.leasehold.metric.Meter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** What the looks of this process came to since it started; of what did not agree the latest thousand are kept. */
@ApplicationScoped
public class DriftLog {

    private static final int MOST = 1000;

    @Inject
    Meter meter;

    private Looked total = Looked.NOTHING;

    synchronized void add(Looked look) {
        meter.registryChecked((int) look.checked());
        look.drift().forEach(drift -> meter.registryDrift(drift.kind()));
        List<Drift> drift = new ArrayList<>(total.drift());
        drift.addAll(look.drift());
        total = new Looked(
                total.checked() + look.checked(),
                total.evicted() + look.evicted(),
                total.ended() + look.ended(),
                List.copyOf(drift.subList(Math.max(0, drift.size() - MOST), drift.size())));
    }

    /** All of them together. */
    public synchronized Looked total() {
        return total;
    }
}
