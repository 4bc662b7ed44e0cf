package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.fault.Fault;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @Test
    void aPageHasAHundredUnlessItIsToldOtherwise() {
        assertThat(Page.of(new Query(Map.of()))).isEqualTo(new Page(100, 0));
        assertThat(Page.of(new Query(
                        Map.of("limit", List.of("x", "1000"), "offset", List.of("7"), "other", List.of("1")))))
                .isEqualTo(new Page(1000, 7));
    }

    @Test
    void anOffsetMayBePastEveryEnd() {
        Page page = Page.of(new Query(Map.of("offset", List.of("99999999999"))));
        assertThat(page.offset()).isEqualTo(99_999_999_999L);
        assertThat(page.start()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, limit must be between 1 and 1000",
        "limit, 1001, limit must be between 1 and 1000",
        "limit, -1, limit must be a non-negative integer",
        "limit, '', limit must be a non-negative integer",
        "limit, 1.5, limit must be a non-negative integer",
        "offset, -1, offset must be a non-negative integer",
        "offset, x, offset must be a non-negative integer",
        "offset, 99999999999999999999, offset must be a non-negative integer"
    })
    void aPageThatCannotBeIsRefusedInTheReferencesWords(String field, String value, String message) {
        Fault refusal = catchThrowableOfType(Fault.class, () -> Page.of(new Query(Map.of(field, List.of(value)))));
        assertThat(refusal.code()).isEqualTo("invalid_pagination");
        assertThat(refusal.message()).isEqualTo(message);
        assertThat(refusal.details()).isEqualTo(Map.of("field", field));
        assertThat(Problem.of(refusal).status()).isEqualTo(422);
    }

    @Test
    void aListIsCountedOnlyWhenItIsAskedFor() {
        assertThat(Count.asked(new Query(Map.of()))).isNull();
        assertThat(Count.asked(new Query(Map.of("count", List.of("up_to:1"))))).isEqualTo(1);
        assertThat(Count.asked(new Query(Map.of("count", List.of("x", "up_to:10000")))))
                .isEqualTo(10_000);
        assertThat(Count.of(10, 10)).isEqualTo(new Count(10, "eq"));
        assertThat(Count.of(11, 10)).isEqualTo(new Count(10, "gte"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "true",
                "up_to:",
                "up_to:0",
                "up_to:10001",
                "up_to:999999999999",
                "up_to:-1",
                "up_to:1.5"
            })
    void aCountThatCannotBeIsRefused(String value) {
        Fault refusal =
                catchThrowableOfType(Fault.class, () -> Count.asked(new Query(Map.of("count", List.of(value)))));
        assertThat(refusal.code()).isEqualTo("invalid_request");
        assertThat(refusal.details())
                .isEqualTo(Map.of("field", "count", "reason", "must be up_to:n with n between 1 and 10000"));
        assertThat(Problem.of(refusal).status()).isEqualTo(422);
    }

    @Test
    void runsAreFilteredByWhatIsGiven() {
        UUID task = UUID.fromString("0193e5a0-0000-7000-8000-00000000000a");
        assertThat(RunQuery.filter(new Query(Map.of()))).isEqualTo(new RunFilter(Set.of(), null, null, null));
        assertThat(RunQuery.filter(new Query(Map.of(
                        "state", List.of("retry_wait", "ready"),
                        "task_id", List.of(task.toString()),
                        "type", List.of("a.b"),
                        "tag", List.of("billing %_!"),
                        "concurrency_key", List.of("K é"),
                        "queue", List.of("q")))))
                .isEqualTo(new RunFilter(
                        Set.of(RunState.RETRY_WAIT, RunState.READY), task, "a.b", "q", "billing %_!", "K é"));
    }

    @ParameterizedTest
    @CsvSource({
        "state, RetryWait",
        "state, ''",
        "task_id, 7",
        "type, a b",
        "queue, ''",
        "tag, ''",
        "concurrency_key, ''"
    })
    void aFilterThatNothingCanPassIsRefused(String name, String value) {
        Fault refusal =
                catchThrowableOfType(Fault.class, () -> RunQuery.filter(new Query(Map.of(name, List.of(value)))));
        assertThat(refusal.code()).isEqualTo("invalid_request");
        assertThat(refusal.details()).containsEntry("field", name);
    }

    @Test
    void aPageMayBeginAfterARun() {
        UUID run = UUID.fromString("0193e5a0-0000-7000-8000-00000000000a");
        assertThat(Page.after(new Query(Map.of("after", List.of(run.toString()))), "run"))
                .isEqualTo(run);
        assertThat(Page.after(new Query(Map.of("offset", List.of("3"))), "run")).isNull();
        for (Map<String, List<String>> bad : List.of(
                Map.of("after", List.of("x")), Map.of("after", List.of(run.toString()), "offset", List.of("0")))) {
            Fault refusal = catchThrowableOfType(Fault.class, () -> Page.after(new Query(bad), "run"));
            assertThat(refusal.code()).isEqualTo("invalid_pagination");
            assertThat(refusal.details()).containsEntry("field", "after");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "60, 60000", "0.25, 250", "59.999, 59999"})
    void secondsMayHaveDecimals(String value, long millis) {
        Query query = new Query(Map.of("wait_secs", List.of("x", value)));
        assertThat(query.seconds("wait_secs", 60)).isEqualTo(Duration.ofMillis(millis));
        assertThat(new Query(Map.of()).seconds("wait_secs", 60)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "60.001", "61", "1e1", "x", "9999999999"})
    void secondsOutOfBoundsAreRefused(String value) {
        Query query = new Query(Map.of("wait_secs", List.of(value)));
        Fault refusal = catchThrowableOfType(Fault.class, () -> query.seconds("wait_secs", 60));
        assertThat(refusal.code()).isEqualTo("invalid_request");
        assertThat(refusal.details()).containsEntry("field", "wait_secs");
    }

    @Test
    void everyStateHasItsFilter() {
        for (RunState state : RunState.values()) {
            assertThat(RunQuery.filter(new Query(Map.of("state", List.of(state.snake()))))
                            .states())
                    .containsExactly(state);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-a-uuid", "00000000-0000-0000-0000-000000000000", "1-1-1-1-1", ""})
    void anIdInAPathIsAUuidAndNotNil(String raw) {
        Fault refusal = catchThrowableOfType(Fault.class, () -> Uuids.task(raw));
        assertThat(refusal.code()).isEqualTo("invalid_task_id");
        assertThat(refusal.message()).isEqualTo("invalid task id");
        assertThat(refusal.details()).isEqualTo(Map.of("task_id", raw));
        assertThat(Problem.of(refusal).status()).isEqualTo(400);
        assertThat(catchThrowableOfType(Fault.class, () -> Uuids.run(raw)).details())
                .isEqualTo(Map.of("run_id", raw));
    }

    @Test
    void aTasksStatusFollowsFromItsRuns() {
        assertThat(TaskStatus.of(Set.of(), Optional.empty())).isEqualTo("active");
        assertThat(TaskStatus.of(Set.of(RunState.COMPLETED, RunState.FAILED, RunState.CANCELED), Optional.empty()))
                .isEqualTo("completed");
        assertThat(TaskStatus.of(Set.of(RunState.CANCELED), Optional.empty())).isEqualTo("canceled");
        assertThat(TaskStatus.of(Set.of(RunState.CANCELED, RunState.FAILED), Optional.empty()))
                .isEqualTo("failed");
        Arrays.stream(RunState.values())
                .filter(state -> !state.terminal())
                .forEach(state -> assertThat(TaskStatus.of(Set.of(RunState.COMPLETED, state), Optional.empty()))
                        .isEqualTo("active"));
    }

    @Test
    void aRunIsBlockedByItsStateUnlessItIsReady() {
        for (RunState state : RunState.values()) {
            String expected = state.terminal() ? "terminal" : state == RunState.READY ? null : state.snake();
            assertThat(RunDetail.blockReason(state)).isEqualTo(expected);
        }
    }
}
