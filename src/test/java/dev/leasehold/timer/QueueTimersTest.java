package dev.leasehold.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Database;
import jakarta.ejb.Timer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each timer does its duty, and two of them another one as well, so that fewer of the server's threads may wait. */
class QueueTimersTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "START")
    void aTimerDoesItsDuty(Duty duty) {
        List<Duty> done = new ArrayList<>();
        try (Fixture queue = new Fixture(Database.H2)) {
            queue.put(Duties.class, new Duties() {
                @Override
                void run(Duty one) {
                    done.add(one);
                }
            });

            queue.get(QueueTimers.class).tick(timerOf(duty));
        }
        assertThat(done)
                .isEqualTo(
                        switch (duty) {
                            case ANALYZE -> List.of(Duty.ANALYZE, Duty.VACUUM);
                            case DERIVE -> List.of(Duty.PROGRESS, Duty.DERIVE, Duty.DEAD_LETTERS);
                            case PROMOTE -> List.of(Duty.WAITS, Duty.PROMOTE);
                            case FOLD -> List.of(Duty.FOLD, Duty.REMOVE);
                            case REMEMBER -> List.of(Duty.REMEMBER, Duty.RECONCILE);
                            default -> List.of(duty);
                        });
    }

    private static Timer timerOf(Duty duty) {
        return (Timer) Proxy.newProxyInstance(
                Timer.class.getClassLoader(), new Class<?>[] {Timer.class}, (proxy, method, arguments) -> duty);
    }
}
