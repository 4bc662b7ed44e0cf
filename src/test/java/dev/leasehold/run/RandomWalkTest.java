package dev.leasehold.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.sql.Database;
import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands in random order, right and wrong ones, until every step was taken, then the proof by replay. */
class RandomWalkTest {

    private static final int COMMANDS = 1000;
    private static final int MOST_ROUNDS = 12;

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

            int rounds = 0;
            do {
                Race.of(threads, number -> workers[number].walk(COMMANDS / threads));
            } while (++rounds < MOST_ROUNDS && !stepsTaken(queue).equals(stepsThatCommandsTake()));

            queue.verify();
            assertThat(queue.count("""
                    select count(*) from leasehold.run r
                    join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
                    where r.attempts_started - r.attempts_suspended > t.max_attempts
                    """))
                    .as("runs attempted more often than allowed")
                    .isZero();
            assertThat(stepsTaken(queue)).as("seed %s", seed).isEqualTo(stepsThatCommandsTake());
            for (RandomWorker worker : workers) {
                assertThat(worker.surprises()).as("seed %s", seed).isEmpty();
            }
        }
    }

    private static Set<Step> stepsTaken(Fixture queue) {
        EntityManager entities = queue.get(EntityManager.class);
        return queue.in(() -> entities.createQuery("select distinct e.transitions from RunEvent e", String.class)
                .getResultStream()
                .flatMap(transitions -> Step.parse(transitions).stream())
                .collect(Collectors.toSet()));
    }

    /** All but what no command does: to give up waiting. */
    private static Set<Step> stepsThatCommandsTake() {
        Set<Step> steps = new HashSet<>();
        for (Transition verb : Transition.values()) {
            steps.addAll(verb.steps());
        }
        steps.remove(new Step(RunState.RETRY_WAIT, RunState.FAILED));
        return steps;
    }
}
