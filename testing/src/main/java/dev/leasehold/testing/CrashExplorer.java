package dev.leasehold.testing;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether handlers do what they should when processes die and leases are lost. It runs a {@link Scenario} again and
 * again, each time on a new database, with one fault at one of the steps that attempts take: the statements and commits that
 * handlers run on the queue's {@link TestQueue#dataSource()}, and those of the queue itself from the handler's call to the end of its report.
 *
 * <ul>
 *   <li>The process dies before, or after, a step. Its open transactions are rolled back, its leases lapse, and a new process
 *       goes on.
 *   <li>The lease is lost before a step: another process attempts the run, and then the first goes on as if nothing had
 *       happened. What the first writes within a transaction that commits with its completion is rolled back.
 *   <li>The report of an attempt is lost, so that the run is attempted again, and arrives in the end.
 * </ul>
 *
 * <p>Then it tries combinations of two and three faults, the same in every exploration. An explorer is for one thread.
 */
public final class CrashExplorer {

    private static final String PROPERTY = "leasehold.explore";
    private static final int COMBINATIONS = 50;
    private static final int MOST_COMBINATIONS = 100_000;

    private final Supplier<Scenario> scenarios;
    private int combinations = COMBINATIONS;
    private @Nullable String seed = System.getProperty(PROPERTY);

    private CrashExplorer(Supplier<Scenario> scenarios) {
        this.scenarios = scenarios;
    }

    /**
     * An explorer of what that makes.
     *
     * @param scenarios makes a new scenario each time
     */
    public static CrashExplorer of(Supplier<Scenario> scenarios) {
        return new CrashExplorer(scenarios);
    }

    /**
     * Has it try so many combinations of faults in place of 50.
     *
     * @param count 0 to 100,000
     * @return this explorer
     * @throws IllegalArgumentException when the count is out of these bounds
     */
    public CrashExplorer combinations(int count) {
        if (count < 0 || count > MOST_COMBINATIONS) {
            throw new IllegalArgumentException("0 to " + MOST_COMBINATIONS + " combinations, not " + count);
        }
        combinations = count;
        return this;
    }

    /**
     * Has it try only that schedule, as the system property {@code leasehold.explore} does for every explorer.
     *
     * @param schedule what a failure named, such as {@code a7} or {@code b3-l9}; {@code none} for no fault
     * @return this explorer
     */
    public CrashExplorer replay(String schedule) {
        seed = schedule;
        return this;
    }

    /**
     * Tries every schedule until one ends badly.
     *
     * @return how much was tried
     * @throws AssertionError when the scenario's check failed, or the scenario itself: with the schedule in words, and the seed to
     *     replay it
     * @throws IllegalArgumentException when the seed to replay is none
     */
    public Exploration explore() {
        if (seed != null) {
            return new Exploration(1, tried(Schedule.parse(seed)).steps().size());
        }
        Trial plain = tried(Schedule.NONE);
        int steps = plain.steps().size();
        if (steps == 0) {
            throw new AssertionError("no task of the scenario was attempted");
        }
        List<Schedule> others = Stream.concat(
                        Schedule.singles(steps, plain.reported()),
                        Schedule.combinations(combinations, steps, plain.attempts()))
                .distinct()
                .toList();
        others.forEach(this::tried);
        return new Exploration(1 + others.size(), steps);
    }

    private Trial tried(Schedule schedule) {
        Trial trial = new Trial(scenarios.get(), schedule);
        FutureTask<Trial> end = new FutureTask<>(() -> {
            trial.run();
            return trial;
        });
        end.run();
        try {
            return end.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            String what = cause instanceof AssertionError ? "the invariant does not hold: " : "the scenario failed: ";
            throw new AssertionError(message(what, cause, trial, schedule), cause);
        } catch (InterruptedException e) {
            throw new IllegalStateException("what has ended is waited for", e);
        }
    }

    private static String message(String what, Throwable failure, Trial trial, Schedule schedule) {
        return what + failure.getMessage() + System.lineSeparator()
                + "  when " + trial.words() + System.lineSeparator()
                + "  replay with -D" + PROPERTY + "=" + schedule.text();
    }
}
