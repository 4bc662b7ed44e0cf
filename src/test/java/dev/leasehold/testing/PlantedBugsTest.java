package dev.leasehold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.api.TaskQueue;
import dev.leasehold.testing.PlantedBugs.Bank;
import dev.leasehold.testing.PlantedBugs.Steps;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The explorer finds mistakes that its author did not know, and nothing where there is none. */
class PlantedBugsTest {

    @Test
    void anEffectBeforeItsGuard() {
        found(PlantedBugs::effectBeforeItsGuard, 1, 100);
    }

    @Test
    void aGuardInAnotherTransaction() {
        found(PlantedBugs::guardInAnotherTransaction, 1, 100);
    }

    @Test
    void guardAndEffectTogether() {
        passes(PlantedBugs::guardAndEffectTogether, 1, 100);
    }

    @Test
    void aKeysFenceThatIsNotChecked() {
        found(PlantedBugs::keyNotChecked, 2, 2);
    }

    @Test
    void aKeysFence() {
        passes(PlantedBugs::keyChecked, 2, 2);
    }

    @Test
    void aTaskThatIsSubmittedAtOnceIsSubmittedAgain() {
        assertThatThrownBy(() -> CrashExplorer.of(
                                () -> new Ordered((tasks, attempt) -> tasks.submit(NewTask.of("mail"))))
                        .explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the invariant does not hold");
    }

    @Test
    void aTaskThatComesWithTheCompletionIsThereOnce() {
        assertThat(CrashExplorer.of(() -> new Ordered((tasks, attempt) -> attempt.submit(NewTask.of("mail"))))
                        .explore()
                        .steps())
                .isPositive();
    }

    @Test
    void aScenarioInWhichNothingIsAttemptedProvesNothing() {
        assertThatThrownBy(() -> CrashExplorer.of(() -> new Bank(PlantedBugs::keyChecked, 0, 0))
                        .explore())
                .isInstanceOf(AssertionError.class)
                .hasMessage("no task of the scenario was attempted");
    }

    private static void found(Steps steps, int tasks, long balance) {
        assertThatThrownBy(() ->
                        CrashExplorer.of(() -> new Bank(steps, tasks, balance)).explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the invariant does not hold");
    }

    private static void passes(Steps steps, int tasks, long balance) {
        assertThat(CrashExplorer.of(() -> new Bank(steps, tasks, balance))
                        .explore()
                        .schedules())
                .isGreaterThan(50);
    }

    /** An order, which is followed by one mail. */
    private record Ordered(BiConsumer<TaskQueue, Attempt> follow) implements Scenario {
        @Override
        public List<Handler<?>> handlers(TestQueue queue) {
            return List.of(new Order(queue.elsewhere("mail").tasks(), follow));
        }

        @Override
        public List<NewTask> tasks() {
            return List.of(NewTask.of("order"));
        }

        @Override
        public void check(TestQueue queue) {
            assertThat(queue.runs()).extracting(RunView::type).containsExactlyInAnyOrder("order", "mail");
        }
    }

    @Handles("order")
    private record Order(TaskQueue tasks, BiConsumer<TaskQueue, Attempt> follow) implements Handler<Payload> {
        @Override
        public Outcome run(Payload payload, Attempt attempt) {
            follow.accept(tasks, attempt);
            return Outcome.success();
        }
    }
}
