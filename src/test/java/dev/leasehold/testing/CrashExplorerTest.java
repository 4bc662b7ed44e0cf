package dev.leasehold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.testing.Payments.Making;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Handlers with faults, which are found, and the same without them. */
class CrashExplorerTest {

    private static final Making PAYS = world -> (payload, attempt) -> {
        world.accounts().pay(attempt.runId());
        return Outcome.success();
    };

    private static final Making PAYS_BEFORE_ITS_GUARD = world -> (payload, attempt) -> {
        if (!world.accounts().claimed(attempt.runId())) {
            world.accounts().pay(attempt.runId());
            world.accounts().claim(attempt.runId());
        }
        return Outcome.success();
    };

    private static final Making PAYS_AFTER_ITS_GUARD = world -> (payload, attempt) -> {
        if (world.accounts().claim(attempt.runId())) {
            world.accounts().pay(attempt.runId());
        }
        return Outcome.success();
    };

    private static final Making PAYS_WITH_ITS_GUARD = world -> (payload, attempt) -> {
        world.queue().inTransaction(() -> {
            if (world.accounts().claim(attempt.runId())) {
                world.accounts().pay(attempt.runId());
            }
            return true;
        });
        return Outcome.success();
    };

    private static final Making ADDS_TO_WHAT_IT_READ = world -> (payload, attempt) -> {
        long before = world.accounts().total();
        if (world.accounts().claim(attempt.runId())) {
            world.mail().add(attempt.runId());
        }
        world.accounts().total(before + 1);
        return Outcome.success();
    };

    @Test
    void anEffectThatIsNotRepeatableIsFoundToBeRepeated() {
        String seed = seedOf(Payments.alone(PAYS), "expected: 1L but was: 2L");

        assertThat(seed).isEqualTo("b2");
    }

    @Test
    void anEffectBeforeItsGuardIsFoundToBeRepeated() {
        assertThat(seedOf(Payments.alone(PAYS_BEFORE_ITS_GUARD), "expected: 1L but was: 2L"))
                .isEqualTo("b3");
    }

    @Test
    void aGuardThatIsCommittedBeforeItsEffectIsFoundToLoseIt() {
        assertThat(seedOf(Payments.alone(PAYS_AFTER_ITS_GUARD), "expected: 1L but was: 0L"))
                .isEqualTo("b2");
    }

    @Test
    void anEffectThatCommitsWithItsGuardIsRepeatable() {
        Exploration explored =
                CrashExplorer.of(Payments.alone(PAYS_WITH_ITS_GUARD)).explore();

        assertThat(explored.steps()).isGreaterThan(4);
        assertThat(explored.schedules()).isGreaterThanOrEqualTo(1 + 3 * explored.steps() + 1 + 40);
    }

    @Test
    void whatCommitsWithTheCompletionNeedsNoGuard() {
        Exploration explored = CrashExplorer.of(Payments.together(PAYS)).explore();

        assertThat(explored.steps()).isGreaterThan(2);
        assertThat(explored.schedules()).isGreaterThanOrEqualTo(1 + 3 * explored.steps() + 40);
    }

    @Test
    void whatAHandlerWithCompletionDoesOutsideTheDatabaseIsFoundToBeRepeated() {
        Making mails = world -> (payload, attempt) -> {
            world.mail().add(attempt.runId());
            world.accounts().pay(attempt.runId());
            return Outcome.success();
        };
        Supplier<Scenario> once = Payments.checked(
                Payments.together(mails), world -> assertThat(world.mail()).hasSize(1));
        Supplier<Scenario> atLeastOnce = Payments.checked(
                Payments.together(mails), world -> assertThat(world.mail()).isNotEmpty());

        assertThat(seedOf(once, "Expected size: 1 but was: 2")).isEqualTo("b1");
        CrashExplorer.of(atLeastOnce).combinations(0).explore();
    }

    @Test
    void aTaskThatIsSubmittedApartFromTheCompletionIsFoundToBeThereTwice() {
        Making follows = world -> (payload, attempt) -> {
            if (payload.isEmpty()) {
                world.queue().submit(NewTask.of(attempt.type()).payload(Payload.text("next")));
                return Outcome.success();
            }
            return Outcome.success();
        };
        Supplier<Scenario> alone = Payments.checked(
                Payments.alone(follows),
                world -> assertThat(world.queue().runs()).hasSize(2));
        Supplier<Scenario> together = Payments.checked(
                Payments.together(follows),
                world -> assertThat(world.queue().runs()).hasSize(2));

        assertThat(seedOf(alone, "Expected size: 2 but was: 3")).startsWith("b");
        CrashExplorer.of(together).combinations(10).explore();
    }

    /** No crash shows this: the first attempt has to go on after the second. */
    @Test
    void aZombieOfOneRunThatSpoilsAnotherOfItsKeyIsFound() {
        NewTask.Gates key = NewTask.Gates.key("account", HoldPolicy.HOLD_DURING_RETRY);
        Supplier<Scenario> scenarios = Payments.keyed(ADDS_TO_WHAT_IT_READ, key, world -> {
            assertThat(world.mail()).doesNotHaveDuplicates();
            assertThat(world.accounts().total()).isGreaterThanOrEqualTo(2);
        });

        assertThat(seedOf(scenarios, "")).startsWith("l");
    }

    @Test
    void aReportThatIsLostMeetsTheSameProcessAgain() {
        Making refusesToRepeat = world -> {
            Set<UUID> seen = new HashSet<>();
            return (payload, attempt) ->
                    seen.add(attempt.runId()) ? Outcome.success() : Outcome.fail("this was done before");
        };

        String seed = seedOf(
                Payments.checked(
                        Payments.alone(refusesToRepeat),
                        world -> assertThat(world.mail()).isEmpty()),
                "FAILED");

        assertThat(seed).isEqualTo("d1");
    }

    @Test
    void aSeedReplaysItsScheduleAlone() {
        AtomicInteger made = new AtomicInteger();
        Supplier<Scenario> scenarios = () -> {
            made.incrementAndGet();
            return Payments.alone(PAYS).get();
        };

        assertThatThrownBy(() -> CrashExplorer.of(scenarios).replay("a1").explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the process dies after step 1 (insert into payment (run_id) values (?))")
                .hasMessageContaining("-Dleasehold.explore=a1");
        assertThat(made).hasValue(1);
        assertThat(CrashExplorer.of(scenarios).replay("none").explore().schedules())
                .isEqualTo(1);
        assertThatThrownBy(() -> CrashExplorer.of(scenarios).replay("x1").explore())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void severalFaultsReplayTogether() {
        assertThatThrownBy(() -> CrashExplorer.of(Payments.alone(PAYS))
                        .replay("a1-d2-l99")
                        .explore())
                .hasMessageContaining("but was: 3L")
                .hasMessageContaining("the report is lost until the end of attempt 2")
                .hasMessageContaining("before step 99 (not reached)")
                .hasMessageContaining("-Dleasehold.explore=a1-d2-l99");
    }

    @Test
    void theSystemPropertyReplaysToo() {
        System.setProperty("leasehold.explore", "none");
        try {
            assertThat(CrashExplorer.of(Payments.alone(PAYS)).explore().schedules())
                    .isEqualTo(1);
        } finally {
            System.clearProperty("leasehold.explore");
        }
    }

    @Test
    void aScenarioThatNeverComesToRestIsSaid() {
        Making endless = world -> (payload, attempt) -> Outcome.snooze(Duration.ofHours(1));

        assertThatThrownBy(() -> CrashExplorer.of(Payments.alone(endless)).explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the scenario failed: after 1000 attempts there are still runs due")
                .hasMessageContaining("nothing goes wrong");
    }

    private static String seedOf(Supplier<Scenario> scenarios, String why) {
        AssertionError found = catchThrowableOfType(
                AssertionError.class, () -> CrashExplorer.of(scenarios).explore());
        assertThat(found).isNotNull();
        String message = found.getMessage();
        assertThat(message.replaceAll("\\s+", " ")).contains(why);
        Matcher seed = Pattern.compile("-Dleasehold.explore=(\\S+)").matcher(message);
        assertThat(seed.find()).isTrue();
        assertThatThrownBy(
                        () -> CrashExplorer.of(scenarios).replay(seed.group(1)).explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(seed.group());
        return seed.group(1);
    }
}
