package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.timer.Duties;
import dev.leasehold.timer.Duty;
import java.time.Duration;
import java.util.List;
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
            InHand.Token token = inHand.token(claimed);

            queue.clock.advance(Duration.ofSeconds(30).minusNanos(1000));
            queue.get(Duties.class).pass(Duty.POLL);
            assertThat(token.stopped()).isFalse();
            queue.clock.advance(Duration.ofNanos(1000));
            queue.get(Duties.class).pass(Duty.POLL);
            assertThat(token.stopped()).isTrue();
        }
    }
}
