package dev.leasehold.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Repeat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DigestTest {

    private static final NewTask MAIL = NewTask.of("mail");

    @Test
    void equalRequestsHaveEqualDigests() {
        assertThat(Digest.of(full())).isEqualTo(Digest.of(full())).matches("[0-9a-f]{64}");
    }

    private static NewTask full() {
        return new NewTask(
                null,
                "mail",
                "slow",
                Payload.json("{}"),
                new Repeat(2, Duration.ofSeconds(60)),
                Instant.ofEpochSecond(5),
                3,
                new Backoff(Backoff.Strategy.LINEAR, Duration.ofSeconds(1), 2, Duration.ofSeconds(9), 0.5),
                Duration.ofSeconds(30),
                "Pure",
                new NewTask.Metadata(new ArrayList<>(List.of("a", "b")), 4, "why"),
                NewTask.Gates.NONE);
    }

    @Test
    void theIdIsNotPartOfIt() {
        assertThat(Digest.of(full().id(new UUID(1, 1)))).isEqualTo(Digest.of(full().id(new UUID(2, 2))));
    }

    @Test
    void whatIsAbsentIsNotWhatIsGivenAsTheDefault() {
        List<NewTask> defaults = List.of(
                MAIL,
                MAIL.queue("default"),
                MAIL.maxAttempts(5),
                MAIL.backoff(Backoff.DEFAULT),
                MAIL.priority(0),
                MAIL.scheduledAt(Instant.ofEpochSecond(1000)),
                MAIL.payload(Payload.bytes(new byte[0])),
                texts("Pure", null, null),
                texts(null, List.of(), null),
                texts(null, null, ""));

        assertThat(defaults.stream().map(Digest::of)).doesNotHaveDuplicates();
    }

    @Test
    void everyMemberCounts() {
        Duration second = Duration.ofSeconds(1);
        List<NewTask> different = List.of(
                MAIL,
                NewTask.of("report"),
                MAIL.queue("a"),
                MAIL.queue("b"),
                MAIL.scheduledAt(Instant.EPOCH),
                MAIL.scheduledAt(Instant.EPOCH.plusNanos(1000)),
                MAIL.repeat(new Repeat(2, second)),
                MAIL.repeat(new Repeat(3, second)),
                MAIL.timeout(second),
                MAIL.timeout(second.multipliedBy(2)),
                MAIL.maxAttempts(1),
                MAIL.maxAttempts(2),
                MAIL.priority(1),
                MAIL.priority(2),
                MAIL.retryEvery(second),
                MAIL.backoff(new Backoff(Backoff.Strategy.LINEAR, second, 1, second, 0)),
                MAIL.backoff(new Backoff(Backoff.Strategy.FIXED, second, 2, second, 0)),
                MAIL.backoff(new Backoff(Backoff.Strategy.FIXED, second, 1, second.multipliedBy(2), 0)),
                MAIL.backoff(new Backoff(Backoff.Strategy.FIXED, second, 1, second, 1)),
                texts("Pure", null, null),
                texts("Idempotent", null, null),
                texts(null, null, "a"),
                texts(null, null, "b"));

        assertThat(different.stream().map(Digest::of)).doesNotHaveDuplicates();
    }

    @Test
    void aPayloadCountsByItsBytesItsFormAndItsContentType() {
        byte[] bytes = "{}".getBytes(StandardCharsets.UTF_8);
        List<NewTask> different = new ArrayList<>(List.of(
                MAIL.payload(Payload.json("{ }")),
                MAIL.payload(Payload.of("", Payload.Form.JSON, bytes)),
                MAIL.payload(Payload.of("a", Payload.Form.JSON, new byte[] {-1})),
                MAIL.payload(Payload.of("a", Payload.Form.JSON, new byte[] {-2}))));
        for (Payload.Form form : Payload.Form.values()) {
            different.add(MAIL.payload(Payload.of(null, form, bytes)));
            different.add(MAIL.payload(Payload.of("a", form, bytes)));
        }

        assertThat(different.stream().map(Digest::of)).doesNotHaveDuplicates();
    }

    @Test
    void tagsThatReadAlikeWhenJoinedDiffer() {
        List<List<String>> alike = List.of(
                List.of("ab", "c"),
                List.of("a", "bc"),
                List.of("abc"),
                List.of("a,b", "c"),
                List.of("a", "b,c"),
                List.of("a\",\"b"),
                List.of("a", "b"),
                List.of("b", "a"),
                List.of());

        assertThat(alike.stream().map(tags -> Digest.of(texts(null, tags, null))))
                .doesNotHaveDuplicates();
    }

    @Test
    void textOfOneMemberCannotPassForAnother() {
        NewTask queued = NewTask.of("a").queue("b");

        assertThat(Digest.of(queued))
                .isNotEqualTo(Digest.of(NewTask.of("aqueueb")))
                .isNotEqualTo(Digest.of(NewTask.of("aqueue=b")))
                .isNotEqualTo(Digest.of(NewTask.of("aqueue=1:b")));
    }

    private static NewTask texts(@Nullable String safety, @Nullable List<String> tags, @Nullable String description) {
        return new NewTask(
                null,
                "mail",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                safety,
                new NewTask.Metadata(tags, null, description),
                NewTask.Gates.NONE);
    }
}
