package dev.leasehold.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.attempt.ExpireLeases;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.SettableClock;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.DeadRows;
import dev.leasehold.sql.ToldDeadRows;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Pace;
import dev.leasehold.worker.Heartbeat;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looks for leases that nobody keeps, each of which takes 100 ms. */
class LeaseSweepTest {

    private final Fixture queue = new Fixture(Database.H2);
    private final SettableClock time = new SettableClock();
    private final Looks looks = new Looks();
    private boolean judges = true;
    private final ToldDeadRows dead = new ToldDeadRows(true);

    LeaseSweepTest() {
        queue.put(Pace.class, new Pace(time));
        queue.put(ExpireLeases.class, looks);
        queue.put(DeadRows.class, dead);
        queue.put(Heartbeat.class, new Heartbeat() {
            @Override
            public boolean judges() {
                return judges;
            }
        });
        queue.activate();
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void whereManyLeasesAreGoneALookThatEndsNoneIsRepeatedAsOftenAsItIsWorthItsTime() {
        assertThat(pass()).isZero();
        time.advance(Duration.ofMillis(1_899));
        pass();
        assertThat(looks.count).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        pass();

        assertThat(looks.count).isEqualTo(2);
    }

    @Test
    void aLookThatEndsSomeIsRepeatedAtOnce() {
        looks.ended.add(3);

        assertThat(pass()).isEqualTo(3);
        pass();

        assertThat(looks.count).isEqualTo(2);
    }

    @Test
    void whereFewLeasesAreGoneALookIsRepeatedAtOnce() {
        dead.few();
        pass();
        pass();

        assertThat(looks.count).isEqualTo(2);
    }

    @Test
    void aNodeThatMayNotJudgeDoesNotLookAndLooksAsSoonAsItMay() {
        judges = false;
        assertThat(pass()).isZero();
        assertThat(looks.count).isZero();
        judges = true;
        pass();

        assertThat(looks.count).isEqualTo(1);
    }

    private int pass() {
        return queue.get(LeaseSweep.class).pass();
    }

    private final class Looks extends ExpireLeases {
        private final Queue<Integer> ended = new ArrayDeque<>();
        private int count;

        @Override
        public List<Integer> execute(Caller caller, List<Integer> batches) {
            count++;
            time.advance(Duration.ofMillis(100));
            return List.of(ended.isEmpty() ? 0 : ended.remove());
        }
    }
}
