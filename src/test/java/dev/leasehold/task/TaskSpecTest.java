package dev.leasehold.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskSpecTest {

    private static final UUID FRESH = new UUID(1, 1);
    private static final UUID GIVEN = new UUID(2, 2);
    private static final Payload PAYLOAD = Payload.text("x");
    private static final Repeat REPEAT = new Repeat(3, Duration.ofMillis(1500));
    private static final Duration LIMIT = Duration.ofSeconds(9);
    private static final Instant NOW = Instant.ofEpochSecond(1000);
    private static final Backoff SLOW =
            new Backoff(Backoff.Strategy.LINEAR, Duration.ofSeconds(7), 1, Duration.ofSeconds(70), 0.5);
    private static final Backoff BRIEF =
            new Backoff(Backoff.Strategy.FIXED, Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0);
    private static final Admission TERMS = new Admission(7, SLOW, 8);

    @Test
    void whatIsAbsentIsFilledIn() {
        TaskSpec spec = TaskSpec.of(NewTask.of("mail"), FRESH, NOW, TERMS);

        assertThat(spec)
                .isEqualTo(new TaskSpec(
                        FRESH,
                        "mail",
                        "default",
                        null,
                        null,
                        null,
                        NOW,
                        7,
                        SLOW,
                        null,
                        "Pure",
                        List.of(),
                        0,
                        null,
                        NewTask.Gates.NONE,
                        Digest.of(NewTask.of("mail"))));
    }

    @Test
    void whatIsGivenIsKept() {
        NewTask task = NewTask.of("mail")
                .id(GIVEN)
                .queue("slow")
                .payload(PAYLOAD)
                .repeat(REPEAT)
                .scheduledAt(Instant.EPOCH)
                .maxAttempts(2)
                .backoff(BRIEF)
                .timeout(LIMIT);

        assertThat(TaskSpec.of(labelled(task), FRESH, NOW, TERMS))
                .isEqualTo(new TaskSpec(
                        GIVEN,
                        "mail",
                        "slow",
                        PAYLOAD,
                        REPEAT,
                        null,
                        Instant.EPOCH,
                        2,
                        BRIEF,
                        LIMIT,
                        "Idempotent",
                        List.of("t"),
                        -3,
                        "why",
                        NewTask.Gates.NONE,
                        Digest.of(labelled(task))));
    }

    @Test
    void aTaskOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> TaskSpec.of(NewTask.of(""), FRESH, NOW, TERMS)).isInstanceOf(InvalidTask.class);
    }

    @Test
    void aRepetitionSaysWhenEachRunIsDue() {
        TaskSpec spec = TaskSpec.of(NewTask.of("mail").repeat(REPEAT), FRESH, NOW, TERMS);

        assertThat(spec.instants()).containsExactly(NOW, NOW.plusMillis(1500), NOW.plusSeconds(3));
        assertThat(spec.runPolicy()).isEqualTo("{\"Repeat\":{\"count\":3,\"interval_secs\":1.5}}");
    }

    private static NewTask labelled(NewTask task) {
        return new NewTask(
                task.id(),
                task.type(),
                task.queue(),
                task.payload(),
                task.policy(),
                task.scheduledAt(),
                task.maxAttempts(),
                task.backoff(),
                task.timeout(),
                "Idempotent",
                new NewTask.Metadata(List.of("t"), -3, "why"),
                NewTask.Gates.NONE);
    }
}
