package dev.leasehold.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.sql.Database;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Thousands of commands in random order, right and wrong ones, then the proof by replay. */
class RandomWalkTest {

    private static final int COMMANDS = 2000;

    @ParameterizedTest
    @EnumSource(Database.class)
    void afterAnyCommandsEveryRunIsWhatItsEventsTell(Database database) {
        long seed = Long.getLong("leasehold.seed", new Random().nextLong());
        System.out.println("random walk on " + database + ": -Dleasehold.seed=" + seed);
        int threads = database == Database.H2 ? 1 : 4;
        try (Fixture queue = new Fixture(database)) {
            RandomWorker[] workers = new RandomWorker[threads];
            for (int i = 0; i < threads; i++) {
                workers[i] = new RandomWorker(queue, "w" + i, new Random(seed + i));
            }

            Race.of(threads, number -> workers[number].walk(COMMANDS / threads));

            queue.verify();
            assertThat(queue.count("""
                    select count(*) from leasehold.run r
                    join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
                    where r.attempts_started - r.attempts_suspended > t.max_attempts
                    """))
                    .as("runs attempted more often than allowed")
                    .isZero();
            assertThat(queue.count("select count(distinct state) from leasehold.run"))
                    .as("states that the walk reached, Canceled is out of reach")
                    .isEqualTo(RunState.values().length - 1);
            for (RandomWorker worker : workers) {
                assertThat(worker.surprises()).as("seed %s", seed).isEmpty();
            }
        }
    }
}
