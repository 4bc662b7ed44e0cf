package dev.leasehold.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final SettableClock clock = new SettableClock();
    private final Pace pace = new Pace(clock);

    @Test
    void aLookIsRepeatedAtOnceHoweverLongItTook() {
        assertThat(pace.due()).isTrue();
        look(Duration.ofSeconds(3), false);

        assertThat(pace.due()).isTrue();
    }

    @Test
    void whereManyRowsAreGoneItTakesATwentiethOfTheTime() {
        look(Duration.ofMillis(100), true);
        clock.advance(Duration.ofMillis(1_900).minusNanos(1000));
        assertThat(pace.due()).isFalse();
        clock.advance(Duration.ofNanos(1000));

        assertThat(pace.due()).isTrue();
    }

    @Test
    void itIsRepeatedEveryTenSecondsInAnyCase() {
        look(Duration.ofMinutes(1), true);
        clock.advance(Duration.ofSeconds(10).minusNanos(1000));
        assertThat(pace.due()).isFalse();
        clock.advance(Duration.ofNanos(1000));

        assertThat(pace.due()).isTrue();
    }

    private void look(Duration took, boolean worn) {
        Instant began = pace.now();
        clock.advance(took);
        pace.ended(began, worn);
    }
}
