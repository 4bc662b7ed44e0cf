package dev.leasehold.timer;

import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Unavailable;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.node.RecordHeartbeats;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Database;
import dev.leasehold.tenant.Caller;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Another node holds a run, and this one is to say when that one is silent. */
@ParameterizedClass
@EnumSource(Database.class)
class DutiesTest {

    private static final UUID OTHER = new UUID(7, 7);

    private final Fixture queue;
    private final FailingHeartbeats heartbeats;
    private UUID run;

    DutiesTest(Database database) {
        queue = new Fixture(database);
        heartbeats = new FailingHeartbeats(queue.get(RecordHeartbeats.class));
        queue.put(RecordHeartbeats.class, heartbeats);
        queue.activate();
    }

    @BeforeEach
    void anotherNodeHoldsARun() throws Exception {
        run = queue.run(NewTask.of("mail"));
        pass(Duty.HEARTBEAT);
        queue.clock.advance(Duration.ofSeconds(10));
        beatOfTheOther();
        queue.claim(new ClaimRuns.Request(
                new ClaimRuns.Holder("other/1", OTHER),
                ClaimRuns.Filter.types(List.of("mail")),
                1,
                Duration.ofSeconds(30),
                true));
        pass(Duty.HEARTBEAT);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aSilentNodesRunIsTakenAwayByANodeThatIsHeard() throws Exception {
        at(35);
        pass(Duty.HEARTBEAT);
        at(40);

        assertThat(pass(Duty.EXPIRE)).isEqualTo(1);
    }

    @Test
    void afterAnOutageThatItNoticedItLetsEverybodyBeHeardFirst() throws Exception {
        at(20);
        heartbeats.fail = true;
        assertThatThrownBy(() -> pass(Duty.HEARTBEAT)).isInstanceOf(Unavailable.class);
        at(70);
        assertThatThrownBy(() -> pass(Duty.EXPIRE)).isInstanceOf(Unavailable.class);
        heartbeats.fail = false;

        pass(Duty.HEARTBEAT);
        assertThat(pass(Duty.EXPIRE)).isZero();
        at(79);
        beatOfTheOther();
        at(80);
        assertThat(pass(Duty.EXPIRE)).isZero();
        assertThat(queue.row(run).state()).isEqualTo(RunState.RUNNING);
        at(99);
        pass(Duty.HEARTBEAT);
        at(109);
        assertThat(pass(Duty.EXPIRE)).isEqualTo(1);
    }

    @Test
    void afterAnOutageThatItSleptThroughTheSweepBeatsAndWaitsToo() throws Exception {
        at(70);

        assertThat(pass(Duty.EXPIRE)).isZero();

        at(79);
        assertThat(pass(Duty.EXPIRE)).isZero();
        at(80);
        assertThat(pass(Duty.EXPIRE)).isEqualTo(1);
    }

    @Test
    void afterABeatThatFailedOnceItLetsEverybodyBeHeardFirst() throws Exception {
        at(20);
        pass(Duty.HEARTBEAT);
        at(40);
        heartbeats.fail = true;
        assertThatThrownBy(() -> pass(Duty.HEARTBEAT)).isInstanceOf(Unavailable.class);
        heartbeats.fail = false;

        assertThat(pass(Duty.EXPIRE)).isZero();
        at(49);
        assertThat(pass(Duty.EXPIRE)).isZero();
        at(50);
        assertThat(pass(Duty.EXPIRE)).isEqualTo(1);
    }

    private void at(int seconds) {
        Instant instant = START.plusSeconds(seconds);
        queue.clock.set(instant);
    }

    private int pass(Duty duty) throws Exception {
        return queue.get(Duties.class).pass(duty);
    }

    private void beatOfTheOther() {
        queue.in(() -> heartbeats.real.execute(
                Fixture.CALLER, List.of(new RecordHeartbeats.Beat(OTHER, "other", List.of(), List.of()))));
    }

    /** Heartbeats that reach nobody while they are told to fail. */
    private static final class FailingHeartbeats extends RecordHeartbeats {
        private final RecordHeartbeats real;
        private boolean fail;

        FailingHeartbeats(RecordHeartbeats real) {
            this.real = real;
        }

        @Override
        public List<Instant> execute(Caller caller, List<Beat> beats) {
            if (fail) {
                throw new IllegalStateException(new SQLTransientConnectionException("gone"));
            }
            return real.execute(caller, beats);
        }
    }
}
