package dev.leasehold.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Repeat;
import dev.leasehold.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskChecksTest {

    private static final String NAME = "must be 1 to 128 of letters, digits and . _ - :";
    private static final String TEXT = "must not contain U+0000 or a lone surrogate";
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final NewTask MAIL = NewTask.of("mail");

    @Test
    void anIdMayBeAnythingButNil() {
        admitted(MAIL.id(new UUID(0, 1)));
        admitted(MAIL.id(new UUID(-1, -1)));
        UUID nil = new UUID(0, 0);
        String reason = "invalid task identifier for task admission: " + nil;
        refused(MAIL.id(nil), "id", reason, reason);
    }

    @Test
    void aTypeAndAQueueAreNames() {
        for (String good : List.of("a", "Z", "0", "a.b_c-d:e", "x".repeat(128))) {
            admitted(NewTask.of(good).queue(good));
        }
        for (String bad : List.of("", " ", "a b", "ü", "a/b", "a\n", "a\0", "x".repeat(129))) {
            refused(NewTask.of(bad), "type", NAME);
            refused(MAIL.queue(bad), "queue", NAME);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what a host's own code may do
    void aTypeThatIsMissingIsRefused() {
        refused(NewTask.of(null), "type", NAME);
    }

    @Test
    void attemptsAreAtLeastOne() {
        admitted(MAIL.maxAttempts(1));
        admitted(MAIL.maxAttempts(Integer.MAX_VALUE));
        for (int bad : new int[] {0, -1, Integer.MIN_VALUE}) {
            constraint(MAIL.maxAttempts(bad), "max_attempts", "invalid max_attempts value: " + bad + " (must be >= 1)");
        }
    }

    @Test
    void aTimeoutLastsAMomentToThirtyDaysAndComesAfterTheAttempts() {
        admitted(MAIL.timeout(Duration.ofNanos(1000)));
        admitted(MAIL.timeout(Duration.ofDays(30)));
        constraint(MAIL.timeout(Duration.ZERO), "timeout_secs", "timeout_secs must not be zero");
        constraint(MAIL.timeout(Duration.ofNanos(999)), "timeout_secs", "timeout_secs must not be zero");
        for (Duration bad : List.of(Duration.ofSeconds(-1), Duration.ofDays(30).plusNanos(1000))) {
            constraint(MAIL.timeout(bad), "timeout_secs", "timeout_secs must be more than 0 and at most 2592000");
        }
        constraint(
                MAIL.timeout(Duration.ZERO).maxAttempts(0),
                "max_attempts",
                "invalid max_attempts value: 0 (must be >= 1)");
    }

    @Test
    void aRepetitionHasOneToAThousandRunsASecondApartAtLeast() {
        Duration second = Duration.ofSeconds(1);
        admitted(MAIL.repeat(new Repeat(1, second)));
        admitted(MAIL.repeat(new Repeat(1000, Duration.ofDays(3660))));
        policy(new Repeat(0, second), "count", "invalid repeat count: 0 (must be >= 1)");
        policy(new Repeat(1, Duration.ZERO), "interval_secs", "invalid repeat interval_secs: 0 (must be >= 1)");
        policy(
                new Repeat(1, Duration.ofMillis(999)),
                "interval_secs",
                "invalid repeat interval_secs: 0.999 (must be >= 1)");
        policy(
                new Repeat(1, Duration.ofDays(3660).plusNanos(1000)),
                "interval_secs",
                "interval_secs must not exceed 316224000");
        admitted(MAIL.repeat(new Repeat(1001, second)));
        admitted(MAIL.repeat(new Repeat(Integer.MAX_VALUE, second)));
        policy(
                new Repeat(Integer.MAX_VALUE, Duration.ofDays(1)),
                "count",
                "count times interval_secs must not exceed 864000000000");
    }

    private static void policy(Repeat repeat, String field, String reason) {
        refused(MAIL.repeat(repeat), "run_policy.Repeat." + field, reason, "invalid run policy: " + reason);
    }

    @Test
    void aCronPolicyHasBounds() {
        Cron daily = Cron.of("@daily");
        admitted(MAIL.cron(daily.atMost(1).misfire(Cron.Misfire.upTo(1000)).in("Asia/Kolkata")));
        admitted(MAIL.cron(daily.misfire(Cron.Misfire.SKIP)));
        admitted(MAIL.cron(late(Duration.ZERO)));
        admitted(MAIL.cron(late(Duration.ofDays(1))));
        cron(Cron.of("* * * * * * *"), "expression", "Invalid expression: Invalid cron expression.");
        cron(daily.in("Mars"), "time_zone", "time_zone must be a name of the IANA time zone database");
        cron(daily.atMost(0), "max_occurrences", "max_occurrences must be at least 1");
        cron(daily.misfire(Cron.Misfire.upTo(-1)), "misfire.all", "all must be between 1 and 1000");
        cron(daily.misfire(Cron.Misfire.upTo(1001)), "misfire.all", "all must be between 1 and 1000");
        String secs = "misfire_after_secs must be between 0 and 86400";
        cron(late(Duration.ofNanos(-1000)), "misfire_after_secs", secs);
        cron(late(Duration.ofDays(1).plusNanos(1000)), "misfire_after_secs", secs);
    }

    private static Cron late(Duration after) {
        return new Cron("@daily", null, null, null, null, null, after, null);
    }

    private static void cron(Cron cron, String field, String reason) {
        String why = "invalid cron policy: " + reason;
        refused(MAIL.cron(cron), "run_policy.Cron." + field, why, "invalid run policy: " + why);
    }

    @Test
    void aSafetyLevelIsOneOfThree() {
        for (String good : List.of("Pure", "Idempotent", "Transactional")) {
            admitted(safety(good));
        }
        for (String bad : List.of("", "pure", "Unsafe", " Pure")) {
            constraint(safety(bad), "safety_level", "must be one of Pure, Idempotent, Transactional");
        }
    }

    @Test
    void aBackoffsDelaysLieBetweenNothingAndThirtyDays() {
        admitted(MAIL.backoff(backoff(Duration.ZERO, 1, Duration.ZERO, 0)));
        admitted(MAIL.backoff(backoff(LONGEST, 1, LONGEST, 0)));
        Duration less = Duration.ofNanos(-1);
        Duration more = LONGEST.plusNanos(1);
        String reason = "must be between 0 and 2592000";
        constraint(MAIL.backoff(backoff(less, 1, LONGEST, 0)), "backoff.delay_secs", reason);
        constraint(MAIL.backoff(backoff(more, 1, more, 0)), "backoff.delay_secs", reason);
        constraint(MAIL.backoff(backoff(LONGEST, 1, more, 0)), "backoff.max_delay_secs", reason);
        constraint(MAIL.backoff(backoff(Duration.ZERO, 1, less, 0)), "backoff.max_delay_secs", reason);
    }

    @Test
    void aBackoffsLongestDelayIsNotBelowItsDelay() {
        Duration delay = Duration.ofSeconds(9);
        admitted(MAIL.backoff(backoff(delay, 1, delay, 0)));
        constraint(
                MAIL.backoff(backoff(delay, 1, delay.minusNanos(1), 0)),
                "backoff.max_delay_secs",
                "must not be less than delay_secs");
    }

    @Test
    void aBackoffsFactorAndJitterHaveBounds() {
        Duration delay = Duration.ofSeconds(9);
        for (double good : new double[] {1, 1.5, 100}) {
            admitted(MAIL.backoff(backoff(delay, good, delay, 0)));
        }
        for (double bad : new double[] {Math.nextDown(1.0), Math.nextUp(100.0), -1, Double.NaN, 1 / 0.0}) {
            constraint(MAIL.backoff(backoff(delay, bad, delay, 0)), "backoff.factor", "must be between 1 and 100");
        }
        for (double good : new double[] {0, 0.5, 1}) {
            admitted(MAIL.backoff(backoff(delay, 1, delay, good)));
        }
        for (double bad : new double[] {-Double.MIN_VALUE, Math.nextUp(1.0), Double.NaN, 1 / 0.0}) {
            constraint(MAIL.backoff(backoff(delay, 1, delay, bad)), "backoff.jitter", "must be between 0 and 1");
        }
    }

    @Test
    void aPayloadHasAtMostOneMebibyte() {
        admitted(MAIL.payload(Payload.bytes(new byte[0])));
        admitted(MAIL.payload(Payload.bytes(new byte[1 << 20])));
        assertThatThrownBy(() -> TaskChecks.check(MAIL.payload(Payload.bytes(new byte[(1 << 20) + 1])), 1 << 20))
                .isInstanceOfSatisfying(PayloadTooLarge.class, fault -> {
                    assertThat(fault.code()).isEqualTo("payload_too_large");
                    assertThat(fault.details()).containsEntry("size", 1_048_577).containsEntry("limit", 1_048_576);
                });
    }

    @Test
    void aContentTypeIsPrintableAscii() {
        for (String good : new String[] {null, "a", " ~", "x".repeat(255)}) {
            admitted(MAIL.payload(Payload.of(good, Payload.Form.TEXT, new byte[1])));
        }
        for (String bad : List.of("", "x".repeat(256), "ü", "a\n", "a\u007F", "\0")) {
            refused(
                    MAIL.payload(Payload.of(bad, Payload.Form.TEXT, new byte[1])),
                    "payload.content_type",
                    "must be 1 to 255 printable ASCII characters");
        }
    }

    @Test
    void anInstantLiesBetweenTheEpochAndTheEndOfTheYear9999() {
        Instant last = Instant.parse("9999-12-31T23:59:59.999999Z");
        admitted(MAIL.scheduledAt(Instant.EPOCH));
        admitted(MAIL.scheduledAt(last));
        for (Instant bad : List.of(Instant.EPOCH.minusNanos(1), last.plusNanos(1), Instant.MIN, Instant.MAX)) {
            refused(MAIL.scheduledAt(bad), "scheduled_at", "must be between 0 and 253402300799");
        }
    }

    @Test
    void tagsAreAtMostAHundredOf1To128Characters() {
        admitted(tags(List.of()));
        admitted(tags(Collections.nCopies(100, "x".repeat(128))));
        refused(tags(Collections.nCopies(101, "x")), "metadata.tags", "must have at most 100 entries");
        refused(tags(List.of("a", "")), "metadata.tags[1]", "must have 1 to 128 characters");
        refused(tags(List.of("x".repeat(129))), "metadata.tags[0]", "must have 1 to 128 characters");
        refused(tags(List.of("a", "b", "\0")), "metadata.tags[2]", TEXT);
        refused(tags(List.of("\uD83D")), "metadata.tags[0]", TEXT);
    }

    @Test
    @SuppressWarnings("NullAway") // what a host's own code may do
    void aTagThatIsNullIsRefused() {
        refused(tags(Arrays.asList("a", null)), "metadata.tags[1]", "must have 1 to 128 characters");
    }

    @Test
    void aDescriptionHasAtMost4096CharactersThatCanBeStored() {
        admitted(description(""));
        admitted(description("x".repeat(4096)));
        admitted(description("\uD83D\uDE00\u0001\uFFFF"));
        refused(description("x".repeat(4097)), "metadata.description", "must have 0 to 4096 characters");
        for (String bad : List.of("a\0b", "\uD83D", "\uDE00", "\uDE00\uD83D")) {
            refused(description(bad), "metadata.description", TEXT);
        }
    }

    @Test
    void anyPriorityIsAdmitted() {
        admitted(MAIL.priority(Integer.MIN_VALUE));
        admitted(MAIL.priority(Integer.MAX_VALUE));
    }

    @Test
    void theIdIsTestedFirstThenTheConstraintsThenTheRestInItsOrder() {
        Payload bad = Payload.of("", Payload.Form.TEXT, new byte[1]);
        NewTask task =
                rest("", "", bad, Instant.MIN, List.of("")).id(new UUID(0, 0)).maxAttempts(0);
        String first = "invalid task identifier for task admission: 00000000-0000-0000-0000-000000000000";
        refused(task, "id", first, first);
        task = task.id(new UUID(1, 1));
        constraint(task, "max_attempts", "invalid max_attempts value: 0 (must be >= 1)");
        constraint(safety("x"), "safety_level", "must be one of Pure, Idempotent, Transactional");
        task = rest("", "", bad, Instant.MIN, List.of(""));
        refused(task, "type", NAME);
        refused(rest("a", "", bad, Instant.MIN, List.of("")), "queue", NAME);
        refused(
                rest("a", "a", bad, Instant.MIN, List.of("")),
                "payload.content_type",
                "must be 1 to 255 printable ASCII characters");
        refused(rest("a", "a", null, Instant.MIN, List.of("")), "scheduled_at", "must be between 0 and 253402300799");
        refused(rest("a", "a", null, null, List.of("")), "metadata.tags[0]", "must have 1 to 128 characters");
        refused(rest("a", "a", null, null, null), "metadata.description", TEXT);
    }

    private static NewTask rest(
            String type, String queue, @Nullable Payload payload, @Nullable Instant at, @Nullable List<String> tags) {
        return new NewTask(
                null,
                type,
                queue,
                payload,
                null,
                at,
                1,
                null,
                null,
                "Pure",
                new NewTask.Metadata(tags, 0, "\0"),
                NewTask.Gates.NONE);
    }

    private static NewTask safety(String level) {
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
                level,
                NewTask.Metadata.NONE,
                NewTask.Gates.NONE);
    }

    private static NewTask tags(List<String> tags) {
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
                null,
                new NewTask.Metadata(tags, null, null),
                NewTask.Gates.NONE);
    }

    private static NewTask description(String text) {
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
                null,
                new NewTask.Metadata(null, null, text),
                NewTask.Gates.NONE);
    }

    private static Backoff backoff(Duration delay, double factor, Duration maxDelay, double jitter) {
        return new Backoff(Backoff.Strategy.EXPONENTIAL, delay, factor, maxDelay, jitter);
    }

    private static void admitted(NewTask task) {
        assertThatCode(() -> TaskChecks.check(task, 1 << 20)).as("%s", task).doesNotThrowAnyException();
    }

    private static void constraint(NewTask task, String field, String reason) {
        refused(task, "constraints." + field, reason, "invalid task constraints: " + reason);
    }

    private static void refused(NewTask task, String field, String reason) {
        refused(task, field, reason, field.equals("id") ? reason : "invalid task " + field + ": " + reason);
    }

    private static void refused(NewTask task, String field, String reason, String message) {
        assertThatThrownBy(() -> TaskChecks.check(task, 1 << 20)).isInstanceOfSatisfying(InvalidTask.class, fault -> {
            assertThat(fault.kind()).isEqualTo(Fault.Kind.INVALID);
            assertThat(fault.code()).isEqualTo("invalid_task");
            assertThat(fault.details()).containsEntry("field", field).containsEntry("reason", reason);
            assertThat(fault).hasMessage(message);
        });
    }
}
