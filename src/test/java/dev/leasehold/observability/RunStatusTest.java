package dev.leasehold.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.observability.RunStatus.Active;
import dev.leasehold.observability.RunStatus.Standing;
import dev.leasehold.run.RunState;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run comes to in one word, and where it may go from there. */
class RunStatusTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # state, what else is true of it, wait, status
                    SCHEDULED,  timed,            '',            QUEUED
                    SCHEDULED,  held gated timed, approval,      PAUSED
                    READY,      '',               '',            QUEUED
                    READY,      gated,            '',            BLOCKED
                    READY,      held gated,       '',            PAUSED
                    READY,      gated,            timer,         SLEEPING
                    READY,      '',               webhook,       AWAITING_WEBHOOK
                    READY,      '',               external,      AWAITING_WEBHOOK
                    READY,      '',               signal,        AWAITING_WEBHOOK
                    READY,      '',               approval,      AWAITING_APPROVAL
                    READY,      '',               approval late, PAUSED
                    LEASED,     '',               '',            RUNNING
                    RUNNING,    '',               '',            RUNNING
                    RETRY_WAIT, timed,            '',            RETRYING
                    RETRY_WAIT, gated timed,      '',            BLOCKED
                    RETRY_WAIT, held timed,       '',            PAUSED
                    SUSPENDED,  '',               '',            PAUSED
                    SUSPENDED,  timed,            '',            SLEEPING
                    SUSPENDED,  timed,            webhook,       AWAITING_WEBHOOK
                    COMPLETED,  '',               '',            COMPLETED
                    FAILED,     unsettled,        '',            DEAD_LETTERED
                    FAILED,     '',               '',            FAILED
                    CANCELED,   unsettled,        '',            CANCELLED
                    """)
    void precedence(RunState state, String flags, String wait, RunStatus status) {
        Active active = wait.isEmpty() ? null : new Active(wait.split(" ", -1)[0], wait.endsWith("late"));
        Standing standing = new Standing(
                state,
                flags.contains("held"),
                active,
                flags.contains("gated"),
                flags.contains("timed"),
                flags.contains("unsettled"));

        assertThat(RunStatus.of(standing)).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    void nothingFollowsAnEndAndEveryOtherStateCanBeCalledOff(RunState state) {
        Set<RunPhase> next = RunPhase.QUEUED.next(state);

        assertThat(next.isEmpty()).isEqualTo(state.terminal());
        assertThat(next.contains(RunPhase.CANCELLED)).isEqualTo(!state.terminal());
    }

    @Test
    void phasesThatFollow() {
        assertThat(words(RunPhase.QUEUED.next(RunState.READY)))
                .containsExactlyInAnyOrder(
                        "running_phase",
                        "sleeping",
                        "waiting_webhook",
                        "awaiting_approval",
                        "paused_attention_required",
                        "cancelled");
        assertThat(words(RunPhase.PAUSED_ATTENTION_REQUIRED.next(RunState.READY)))
                .contains("queued")
                .doesNotContain("paused_attention_required");
        assertThat(words(RunPhase.RUNNING_PHASE.next(RunState.RUNNING)))
                .containsExactlyInAnyOrder(
                        "retrying", "sleeping", "paused_attention_required", "completed", "failed", "cancelled");
        assertThat(words(RunPhase.RETRYING.next(RunState.RETRY_WAIT))).contains("queued", "failed");
    }

    @Test
    void whatNeedsAttention() {
        assertThat(RunStatus.attentionWords())
                .containsExactly("paused", "blocked", "failed", "dead_lettered", "retrying");
        assertThat(Stream.of(RunStatus.values()).filter(RunStatus::needsAttention))
                .hasSize(5);
    }

    private static Set<String> words(Set<RunPhase> phases) {
        return phases.stream().map(RunPhase::word).collect(Collectors.toSet());
    }
}
