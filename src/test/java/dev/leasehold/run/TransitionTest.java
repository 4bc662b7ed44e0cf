package dev.leasehold.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransitionTest {

    /** AQ 2.3's matrix: a line for each state that a run leaves, a column for each that it enters. */
    private static final String MATRIX = """
            leaves     Scheduled Ready Leased Running RetryWait Suspended Completed Failed Canceled
            Scheduled  .         x     .      .       .         .         .         .      x
            Ready      .         .     x      .       .         .         .         .      x
            Leased     .         x     .      x       .         .         .         .      x
            Running    .         .     .      .       x         x         x         x      x
            RetryWait  .         x     .      .       .         .         .         x      x
            Suspended  .         x     .      .       .         .         .         .      x
            Completed  .         .     .      .       .         .         .         .      .
            Failed     .         .     .      .       .         .         .         .      .
            Canceled   .         .     .      .       .         .         .         .      .
            """;

    private static boolean matrix(RunState from, RunState to) {
        List<List<String>> cells =
                MATRIX.lines().map(line -> List.of(line.split(" +", -1))).toList();
        int column = cells.get(0).indexOf(to.word());
        List<String> row = cells.stream()
                .filter(line -> line.get(0).equals(from.word()))
                .findFirst()
                .orElseThrow();
        return row.get(column).equals("x");
    }

    @Test
    void everyPairIsAllowedExactlyWhereTheMatrixSaysSo() {
        for (RunState from : RunState.values()) {
            for (RunState to : RunState.values()) {
                assertThat(Transition.allows(from, to)).as("%s to %s", from, to).isEqualTo(matrix(from, to));
            }
        }
    }

    @Test
    void seventeenPairsAreAllowed() {
        long allowed = Arrays.stream(RunState.values())
                .flatMap(from -> Arrays.stream(RunState.values()).filter(to -> Transition.allows(from, to)))
                .count();

        assertThat(RunState.values()).hasSize(9);
        assertThat(allowed).isEqualTo(17);
    }

    @Test
    void noPairBelongsToTwoVerbsAndNoneIsSpelledTwice() {
        List<Step> steps = Arrays.stream(Transition.values())
                .flatMap(verb -> verb.steps().stream())
                .toList();

        assertThat(steps).doesNotHaveDuplicates().hasSize(17 + 1);
    }

    @Test
    void everyVerbsStepsLeadFromItsSourcesToItsTarget() {
        for (Transition verb : Transition.values()) {
            assertThat(verb.steps())
                    .isNotEmpty()
                    .allSatisfy(step -> assertThat(step.to()).isEqualTo(verb.target()));
            if (!verb.sources().isEmpty()) {
                assertThat(verb.steps()).extracting(Step::from).containsExactlyElementsOf(verb.sources());
            }
        }
    }

    @Test
    void onlySubmissionHasNoSource() {
        assertThat(Transition.values())
                .filteredOn(verb -> verb.sources().isEmpty())
                .containsExactly(Transition.SUBMIT);
        assertThat(Transition.SUBMIT.steps()).containsExactly(new Step(null, RunState.SCHEDULED));
    }

    @Test
    void aStateIsTerminalExactlyWhenItsRowOfTheMatrixIsEmpty() {
        for (RunState state : RunState.values()) {
            boolean empty = Arrays.stream(RunState.values()).noneMatch(to -> matrix(state, to));
            assertThat(state.terminal()).as(state.word()).isEqualTo(empty);
        }
        assertThat(RunState.values())
                .filteredOn(RunState::terminal)
                .containsExactly(RunState.COMPLETED, RunState.FAILED, RunState.CANCELED);
    }

    @Test
    void everyStateThatIsNotTerminalCanBeCanceled() {
        Set<RunState> going = EnumSet.allOf(RunState.class);
        going.removeIf(RunState::terminal);

        assertThat(Transition.CANCEL.sources()).isEqualTo(going);
    }

    @Test
    void aStepIsReadAsItWasWritten() {
        for (RunState to : RunState.values()) {
            Step first = new Step(null, to);
            assertThat(Step.parse(first.text())).containsExactly(first);
            for (RunState from : RunState.values()) {
                Step step = new Step(from, to);
                assertThat(step.text()).isEqualTo(from.word() + ">" + to.word());
                assertThat(Step.parse(step.text())).containsExactly(step);
                assertThat(Step.parse(first.text() + "," + step.text())).containsExactly(first, step);
            }
        }
        assertThat(Step.parse("")).isEmpty();
    }

    @Test
    void everyStateCanBeReachedFromTheBeginning() {
        Set<RunState> reached = new LinkedHashSet<>(Set.of(Transition.SUBMIT.target()));
        while (reached.addAll(Arrays.stream(Transition.values())
                .filter(verb -> verb.sources().stream().anyMatch(reached::contains))
                .map(Transition::target)
                .toList())) {
            assertThat(reached).hasSizeLessThanOrEqualTo(RunState.values().length);
        }

        assertThat(reached).containsExactlyInAnyOrder(RunState.values());
    }
}
