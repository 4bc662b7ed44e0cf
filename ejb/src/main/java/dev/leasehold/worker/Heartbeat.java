package dev.leasehold.worker;

import dev.leasehold.api.HandlerExtension;
import dev.leasehold.lease.Leases;
import dev.leasehold.node.RecordHeartbeats;
import dev.leasehold.node.RecordHeartbeats.Beat;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says that this node lives, which keeps the leases of its runs, and hears which of them were taken away meanwhile. */
@ApplicationScoped
public class Heartbeat {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Settings settings;

    @Inject
    Owner owner;

    @Inject
    Repeats repeats;

    @Inject
    RecordHeartbeats record;

    @Inject
    HandlerExtension handlers;

    @Inject
    Leases leases;

    @Inject
    InHand inHand;

    private volatile @Nullable Instant until;

    /**
     * Does so once, and answers how many runs are in hand.
     *
     * @throws RuntimeException when nobody could be told; runs whose leases have lapsed by then are told to stop
     */
    public int beat() {
        Map<UUID, Long> asked = inHand.fences();
        try {
            Caller caller = Caller.system(settings.node());
            Beat beat = new Beat(
                    owner.id(),
                    settings.node(),
                    handlers.types().stream().sorted().toList(),
                    settings.capabilities());
            until = repeats.call(() -> record.execute(caller, List.of(beat))).get(0);
            Map<UUID, Long> fences = repeats.call(() -> leases.fences(caller, asked.keySet()));
            inHand.stopOthers(asked, fences);
            return asked.size();
        } catch (RuntimeException e) {
            Instant last = until;
            if (last != null && !clock.instant().isBefore(last)) {
                inHand.stop(asked.keySet());
            }
            throw e;
        }
    }
}
