package dev.leasehold.run;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.NewTask.Metadata;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RunsTest {

    private static final RunFilter ALL = new RunFilter(Set.of(), null, null, null);
    private static final NewTask MAIL = NewTask.of("mail");

    private final Fixture queue;

    RunsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void pagesFollowOneAnotherWhateverComesBetween() {
        List<UUID> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.add(queue.run(MAIL.scheduledAt(queue.clock.instant().plusSeconds(i / 3))));
        }
        List<UUID> found = new ArrayList<>(ids(page(ALL, 3)));
        queue.run(MAIL.scheduledAt(queue.clock.instant().minusSeconds(9)));
        List<UUID> next = after(found.get(found.size() - 1), 3);
        while (!next.isEmpty()) {
            found.addAll(next);
            next = after(found.get(found.size() - 1), 3);
        }

        assertThat(found).isEqualTo(expected);
        assertThatThrownBy(() -> after(new UUID(1, 1), 3)).isInstanceOf(RunNotFound.class);
    }

    @Test
    void runsAreCountedAsFarAsIsAsked() {
        UUID one = queue.run(tagged("billing").gates(Gates.key("K", HoldPolicy.HOLD_DURING_RETRY)));
        queue.submit(MAIL, MAIL, NewTask.of("news").queue("bulk"));
        UUID task = queue.row(one).taskId();

        assertThat(count(ALL, 9)).isEqualTo(4);
        assertThat(count(ALL, 3)).isEqualTo(3);
        assertThat(count(new RunFilter(Set.of(), task, null, null), 9)).isEqualTo(1);
        assertThat(count(new RunFilter(Set.of(RunState.READY), null, "mail", null), 9))
                .isEqualTo(3);
        assertThat(count(new RunFilter(Set.of(RunState.RUNNING), null, "mail", null), 9))
                .isZero();
        assertThat(count(new RunFilter(Set.of(), null, null, "bulk"), 9)).isEqualTo(1);
        assertThat(count(new RunFilter(Set.of(), null, null, null, "billing", "K"), 9))
                .isEqualTo(1);
        assertThat(count(new RunFilter(Set.of(), null, "news", null, "billing", null), 9))
                .isZero();
    }

    private long count(RunFilter filter, int most) {
        return queue.in(() -> queue.get(Runs.class).count(CALLER, filter, most));
    }

    @Test
    void aTagIsMatchedAsAWholeAndByTheLetter() {
        UUID one = queue.run(tagged("billing"));
        UUID two = queue.run(tagged("a%b_c!d", "\"q\"\\ü"));
        queue.run(tagged("billing2", "xbilling"));
        queue.run(MAIL);

        assertThat(ids(page(filter("billing", null), 10))).containsExactly(one);
        assertThat(ids(page(filter("a%b_c!d", null), 10))).containsExactly(two);
        assertThat(ids(page(filter("\"q\"\\ü", null), 10))).containsExactly(two);
        assertThat(ids(page(filter("a%d", null), 10))).isEmpty();
    }

    @Test
    void aKeyIsShownAndFilteredBy() {
        UUID keyed = queue.run(MAIL.gates(Gates.key("K", HoldPolicy.HOLD_DURING_RETRY)));
        queue.run(MAIL.gates(Gates.key("k", HoldPolicy.HOLD_DURING_RETRY)));
        queue.run(MAIL);

        List<RunInLane> found = page(filter(null, "K"), 10);

        assertThat(ids(found)).containsExactly(keyed);
        assertThat(found.get(0).concurrencyKey()).isEqualTo("K");
    }

    private static NewTask tagged(String... tags) {
        return tagged("mail", List.of(tags));
    }

    static NewTask tagged(String type, List<String> tags) {
        return new NewTask(
                null, type, null, null, null, null, null, null, null, null, new Metadata(tags, null, null), Gates.NONE);
    }

    private static RunFilter filter(@Nullable String tag, @Nullable String key) {
        return new RunFilter(Set.of(), null, null, null, tag, key);
    }

    private List<RunInLane> page(RunFilter filter, int limit) {
        return queue.in(() -> queue.get(Runs.class).page(CALLER, filter, 0, limit));
    }

    private List<UUID> after(UUID run, int limit) {
        return ids(queue.in(() -> queue.get(Runs.class).pageAfter(CALLER, ALL, run, limit)));
    }

    private static List<UUID> ids(List<RunInLane> found) {
        return found.stream().map(one -> one.run().id()).toList();
    }
}
