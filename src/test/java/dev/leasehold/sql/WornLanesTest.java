package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.ReadyBell;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a claim begins that follows one whose look at the front took 100 ms: as long as that passes over many rows that are
 * gone, the next such look is due 1.9 s after it.
 */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class WornLanesTest {

    private static final NewTask MAIL = NewTask.of("mail");
    private static final Duration TOOK = Duration.ofMillis(100);

    private final boolean worn;
    private final Fixture queue = new Fixture(Database.POSTGRESQL);

    WornLanesTest(boolean worn) {
        this.worn = worn;
        queue.put(Floors.class, new Floors(queue.clock));
        queue.put(ClaimStatement.class, slowly(queue.get(ClaimStatement.class)));
        queue.put(DeadRows.class, new ToldDeadRows(worn));
        queue.submit(MAIL, MAIL, MAIL);
        queue.claim(1, "mail");
    }

    private ClaimStatement slowly(ClaimStatement real) {
        return new ClaimStatement() {
            @Override
            public Granted claim(Connection connection, Holder holder, Claim claim) throws SQLException {
                queue.clock.advance(TOOK);
                return real.claim(connection, holder, claim);
            }
        };
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void theFrontIsLookedAtAgainAsSoonAsThatIsWorthItsTime() {
        assertThat(beginsAtFront()).isFalse();
        queue.clock.advance(Duration.ofMillis(1_700));
        assertThat(beginsAtFront()).isNotEqualTo(worn);
        queue.clock.advance(Duration.ofMillis(300));

        assertThat(beginsAtFront()).isTrue();
    }

    @Test
    void whatOthersTellOfIsLookedForAsSoonAsThatIsWorthItsTime() {
        queue.get(ReadyBell.class).ringForOthers();
        assertThat(beginsAtFront()).isNotEqualTo(worn);
        queue.clock.advance(Duration.ofSeconds(2));

        assertThat(beginsAtFront()).isTrue();
    }

    private boolean beginsAtFront() {
        Floors.Look look = queue.get(Floors.class).look();
        List<LanePlace> places = look.places();
        look.end(true);
        return places.isEmpty();
    }
}
