package dev.leasehold.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.sql.Database;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands in random order, right and wrong ones, until every step was taken, then the proof. */
class RandomWalkTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    void afterAnyCommandsEveryRunIsWhatItsEventsTell(Database database) {
        long seed = Long.getLong("leasehold.seed", new Random().nextLong());
        System.out.println("random walk on " + database + ": -Dleasehold.seed=" + seed);
        try (Walk walk = new Walk(database, seed)) {
            walk.untilEverythingHappened();
            System.out.println("random walk on " + database + " (done/refused): " + walk.tally());

            assertThat(walk.broken()).as("seed %s", seed).isEmpty();
            assertThat(walk.stepsTaken()).as("seed %s", seed).isEqualTo(Walk.stepsThatCommandsTake());
            assertThat(walk.neverAsked()).as("seed %s", seed).isEmpty();
            assertThat(walk.drained()).as("seed %s", seed).isEmpty();
        }
    }
}
