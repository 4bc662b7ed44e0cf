package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.SettableClock;
import dev.leasehold.lease.Leases;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.DeadRows;
import dev.leasehold.sql.ToldDeadRows;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Pace;
import dev.leasehold.timer.Duties;
import dev.leasehold.timer.Duty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    @Test
    void whileABeatHangsWhatIsInHandIsToldToStopAsSoonAsItsLeasesMayHaveLapsed() throws Exception {
        try (Fixture queue = new Fixture(Database.H2)) {
            queue.get(Heartbeat.class).beat();
            queue.run(NewTask.of("mail"));
            Claimed claimed = queue.claim(1, "mail").get(0);
            InHand inHand = queue.get(InHand.class);
            inHand.take(List.of(claimed));
            inHand.committed(List.of(claimed));
            Token token = inHand.token(claimed);

            queue.clock.advance(Duration.ofSeconds(30).minusNanos(1000));
            queue.get(Duties.class).pass(Duty.POLL);
            assertThat(token.stopped()).isFalse();
            queue.clock.advance(Duration.ofNanos(1000));
            queue.get(Duties.class).pass(Duty.POLL);
            assertThat(token.stopped()).isTrue();
        }
    }

    @Test
    void whereManyLeasesAreGoneForgottenOnesAreLookedForAsOftenAsThatIsWorthItsTime() {
        try (Fixture queue = new Fixture(Database.H2)) {
            SettableClock time = new SettableClock();
            AtomicInteger looks = new AtomicInteger();
            queue.put(Pace.class, new Pace(time));
            queue.put(DeadRows.class, new ToldDeadRows(true));
            queue.put(Leases.class, new Leases() {
                @Override
                public Map<UUID, Long> startedBy(Caller caller, UUID node) {
                    looks.incrementAndGet();
                    time.advance(Duration.ofMillis(100));
                    return Map.of();
                }
            });
            Heartbeat heartbeat = queue.get(Heartbeat.class);

            heartbeat.remember();
            time.advance(Duration.ofMillis(1_899));
            heartbeat.remember();
            assertThat(looks).hasValue(1);
            time.advance(Duration.ofMillis(1));
            heartbeat.remember();
            assertThat(looks).hasValue(2);
        }
    }
}
