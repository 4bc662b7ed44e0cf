package dev.leasehold.run;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A list of some states shows what the list of everything has of them, in its order. */
@ParameterizedClass
@EnumSource(Database.class)
class OpenRunsTest {

    private static final RunFilter ALL = filter(Set.of(), null, null, null, null);

    private final Fixture queue;
    private final Set<UUID> tagged = new HashSet<>();

    OpenRunsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @BeforeEach
    void runsOfAllStates() {
        for (int i = 0; i < 60; i++) {
            UUID run = queue.run(task(i));
            if (i % 4 == 0) {
                tagged.add(run);
            }
        }
        List<Claimed> started = queue.claim(16, "mail", "news");
        finish(started.subList(0, 4), Outcome.success());
        finish(started.subList(4, 6), Outcome.fail("no"));
        finish(started.subList(6, 8), Outcome.retry("not yet"));
        finish(started.subList(8, 10), Outcome.snooze(Duration.ofHours(1)));
        queue.lease(9, "mail", "news");
        List<UUID> ready = ids(found(state(RunState.READY)));
        queue.cancel(Order.of(ready.get(0)), Order.of(ready.get(1)));
        List<UUID> scheduled = ids(found(state(RunState.SCHEDULED)));
        queue.in(() -> queue.get(HoldRuns.class)
                .execute(CALLER, List.of(Order.of(ready.get(2)), Order.of(ready.get(5)), Order.of(scheduled.get(1)))));
    }

    private NewTask task(int i) {
        NewTask task = RunsTest.tagged(i % 5 == 0 ? "news" : "mail", i % 4 == 0 ? List.of("billing") : List.of());
        task = i % 3 == 0 ? task.gates(Gates.key("K", HoldPolicy.HOLD_DURING_RETRY)) : task;
        task = i % 7 == 0 ? task.queue("bulk") : task;
        return i % 6 == 0 ? task.scheduledAt(queue.clock.instant().plusSeconds(3600 - i)) : task;
    }

    private void finish(List<Claimed> claimed, Outcome outcome) {
        claimed.forEach(one -> queue.finish(report(one, outcome)));
    }

    @Test
    void everyStateIsThere() {
        assertThat(found(ALL)).extracting(one -> one.run().state()).contains(RunState.values());
        assertThat(found(ALL)).anyMatch(one -> one.run().held());
        assertThat(queue.count("select count(*) from leasehold.run where parked_on is not null"))
                .isPositive();
    }

    @Test
    void aListOfSomeStatesIsPartOfTheWholeList() {
        for (RunState state : RunState.values()) {
            check(Set.of(state));
        }
        check(Set.of(RunState.FAILED, RunState.CANCELED));
        check(EnumSet.complementOf(EnumSet.of(RunState.COMPLETED)));
        check(EnumSet.of(RunState.READY, RunState.RUNNING, RunState.SUSPENDED));
        check(EnumSet.allOf(RunState.class));
    }

    private void check(Set<RunState> states) {
        check(filter(states, null, null, null, null), one -> true);
        check(filter(states, "news", null, null, null), one -> one.lane().type().equals("news"));
        check(
                filter(states, null, "bulk", null, null),
                one -> one.lane().queue().equals("bulk"));
        check(filter(states, null, null, null, "K"), one -> "K".equals(one.concurrencyKey()));
        check(
                filter(states, null, null, "billing", null),
                one -> tagged.contains(one.run().id()));
        check(
                filter(states, "mail", null, "billing", "K"),
                one -> one.lane().type().equals("mail")
                        && "K".equals(one.concurrencyKey())
                        && tagged.contains(one.run().id()));
    }

    private void check(RunFilter filter, Predicate<RunInLane> narrowed) {
        List<UUID> expected = ids(found(ALL).stream()
                .filter(one -> filter.states().contains(one.run().state()))
                .filter(narrowed)
                .toList());

        assertThat(ids(found(filter))).as("%s", filter).isEqualTo(expected);
        assertThat(pageByPage(filter)).as("%s page by page", filter).isEqualTo(expected);
        int from = Math.min(2, expected.size());
        assertThat(ids(page(filter, 2, 5)))
                .as("%s from the third on", filter)
                .isEqualTo(expected.subList(from, Math.min(7, expected.size())));
        assertThat(count(filter, 1000)).as("%s counted", filter).isEqualTo(expected.size());
        assertThat(count(filter, 3)).as("%s counted to 3", filter).isEqualTo(Math.min(3, expected.size()));
    }

    private List<UUID> pageByPage(RunFilter filter) {
        List<UUID> all = new ArrayList<>();
        List<RunInLane> page = page(filter, 0, 3);
        while (!page.isEmpty()) {
            all.addAll(ids(page));
            UUID last = all.get(all.size() - 1);
            page = queue.in(() -> queue.get(Runs.class).pageAfter(CALLER, filter, last, 3));
        }
        return all;
    }

    private List<RunInLane> found(RunFilter filter) {
        return page(filter, 0, 1000);
    }

    private List<RunInLane> page(RunFilter filter, int offset, int limit) {
        return queue.in(() -> queue.get(Runs.class).page(CALLER, filter, offset, limit));
    }

    private long count(RunFilter filter, int most) {
        return queue.in(() -> queue.get(Runs.class).count(CALLER, filter, most));
    }

    private static RunFilter state(RunState state) {
        return filter(Set.of(state), null, null, null, null);
    }

    private static RunFilter filter(
            Set<RunState> states,
            @Nullable String type,
            @Nullable String queue,
            @Nullable String tag,
            @Nullable String key) {
        return new RunFilter(states, null, type, queue, tag, key);
    }

    private static List<UUID> ids(List<RunInLane> runs) {
        return runs.stream().map(one -> one.run().id()).toList();
    }
}
