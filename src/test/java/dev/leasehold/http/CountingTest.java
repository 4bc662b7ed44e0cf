package dev.leasehold.http;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists say how long they are only to whoever asks, and no further than was asked. */
class CountingTest {

    private static final RunFilter ALL = new RunFilter(Set.of(), null, null, null);

    private final Fixture queue = new Fixture(Database.H2);
    private final Counting counting = queue.get(Counting.class);

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void runsAreCountedByStateOrOtherwise() {
        queue.submit(NewTask.of("a"), NewTask.of("a"), NewTask.of("b"));
        queue.claim(1, "b");

        assertThat(runs(ALL, 3)).contains(new Count(3, "eq"));
        assertThat(runs(ALL, 2)).contains(new Count(2, "gte"));
        assertThat(runs(new RunFilter(Set.of(RunState.RUNNING, RunState.FAILED), null, null, null), 5))
                .contains(new Count(1, "eq"));
        assertThat(runs(new RunFilter(Set.of(RunState.READY), null, "a", null), 1))
                .contains(new Count(1, "gte"));
        assertThat(runs(new RunFilter(Set.of(RunState.READY), null, "b", null), 1))
                .contains(new Count(0, "eq"));
        assertThat(runs(ALL, null)).isEmpty();
    }

    @Test
    void tasksAreNotCountedButKnown() {
        queue.submit(NewTask.of("a"), NewTask.of("a"));

        assertThat(queue.in(() -> counting.tasks(CALLER, 1))).contains(new Count(1, "gte"));
        assertThat(queue.in(() -> counting.tasks(CALLER, 10_000))).contains(new Count(2, "eq"));
        assertThat(queue.in(() -> counting.tasks(CALLER, null))).isEmpty();
    }

    @Test
    void aListThatNobodyCountsHasNoCount() {
        RunView.Listing listing = RunView.Listing.of(List.of(), 10, Optional.empty());

        assertThat(json(listing)).isEqualTo("{\"runs\":[],\"limit\":10,\"next\":null}");
        assertThat(json(listing.with(Optional.of(new Count(7, "gte")))))
                .isEqualTo("{\"runs\":[],\"limit\":10,\"next\":null,\"count\":{\"value\":7,\"relation\":\"gte\"}}");
    }

    private static String json(RunView.Listing listing) {
        return new String(Json.write(listing), StandardCharsets.UTF_8);
    }

    private Optional<Count> runs(RunFilter filter, @Nullable Integer most) {
        return queue.in(() -> counting.runs(CALLER, filter, most));
    }
}
