package dev.leasehold.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.observability.RunStatus.Active;
import dev.leasehold.observability.RunStatus.Standing;
import dev.leasehold.run.RunState;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run comes to in one word, and where it may go from there. */
class RunStatusTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # state,   held,  wait,     late,  gated, timed, unsettled, status
                    SCHEDULED,  false, ,         false, false, true,  false,     QUEUED
                    SCHEDULED,  true,  approval, false, true,  true,  false,     PAUSED
                    READY,      false, ,         false, false, false, false,     QUEUED
                    READY,      false, ,         false, true,  false, false,     BLOCKED
                    READY,      true,  ,         false, true,  false, false,     PAUSED
                    READY,      false, timer,    false, true,  false, false,     SLEEPING
                    READY,      false, webhook,  false, false, false, false,     AWAITING_WEBHOOK
                    READY,      false, external, false, false, false, false,     AWAITING_WEBHOOK
                    READY,      false, signal,   false, false, false, false,     AWAITING_WEBHOOK
                    READY,      false, approval, false, false, false, false,     AWAITING_APPROVAL
                    READY,      false, approval, true,  false, false, false,     PAUSED
                    LEASED,     false, ,         false, false, false, false,     RUNNING
                    RUNNING,    false, ,         false, false, false, false,     RUNNING
                    RETRY_WAIT, false, ,         false, false, true,  false,     RETRYING
                    RETRY_WAIT, false, ,         false, true,  true,  false,     BLOCKED
                    RETRY_WAIT, true,  ,         false, false, true,  false,     PAUSED
                    SUSPENDED,  false, ,         false, false, false, false,     PAUSED
                    SUSPENDED,  false, ,         false, false, true,  false,     SLEEPING
                    SUSPENDED,  false, webhook,  false, false, true,  false,     AWAITING_WEBHOOK
                    COMPLETED,  false, ,         false, false, false, false,     COMPLETED
                    FAILED,     false, ,         false, false, false, true,      DEAD_LETTERED
                    FAILED,     false, ,         false, false, false, false,     FAILED
                    CANCELED,   false, ,         false, false, false, true,      CANCELLED
                    """)
    void precedence(
            RunState state,
            boolean held,
            @Nullable String kind,
            boolean late,
            boolean gated,
            boolean timed,
            boolean unsettled,
            RunStatus status) {
        Active active = kind == null ? null : new Active(kind, late);

        assertThat(RunStatus.of(new Standing(state, held, active, gated, timed, unsettled)))
                .isEqualTo(status);
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
