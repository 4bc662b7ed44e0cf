package dev.leasehold.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RunStateTest {

    @Test
    void wordsAreThoseOfTheContract() {
        assertThat(Arrays.stream(RunState.values()).map(RunState::word))
                .containsExactly(
                        "Scheduled",
                        "Ready",
                        "Leased",
                        "Running",
                        "RetryWait",
                        "Suspended",
                        "Completed",
                        "Failed",
                        "Canceled");
        assertThat(Arrays.stream(RunState.values()).map(RunState::snake))
                .containsExactly(
                        "scheduled",
                        "ready",
                        "leased",
                        "running",
                        "retry_wait",
                        "suspended",
                        "completed",
                        "failed",
                        "canceled");
    }

    @Test
    void everyStateIsFoundByItsWordsOnly() {
        RunStates column = new RunStates();
        for (RunState state : RunState.values()) {
            assertThat(RunState.of(state.word())).isEqualTo(state);
            assertThat(RunState.ofSnake(state.snake())).hasValue(state);
            assertThat(column.convertToEntityAttribute(column.convertToDatabaseColumn(state)))
                    .isEqualTo(state);
            assertThat(RunState.ofSnake(state.word())).isEmpty();
            assertThatThrownBy(() -> RunState.of(state.snake()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no such run state: " + state.snake());
        }
        assertThat(RunState.ofSnake("")).isEmpty();
    }
}
