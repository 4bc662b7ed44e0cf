package dev.leasehold.task;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Rate;
import dev.leasehold.api.Unique;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateChecksTest {

    private static final NewTask MAIL = NewTask.of("mail");
    private static final String NAME =
            "must have 1 to 255 characters, not all blank, none of them a control or a lone surrogate";

    @Test
    void aKeyIsNotBlankAndHasBounds() {
        admitted(key("x".repeat(255)));
        admitted(key(" a ü"));
        for (String blank : List.of("", " ", "\t")) {
            refused(key(blank), "constraints.concurrency_key", "concurrency key must not be an empty string");
        }
        for (String bad : List.of("x".repeat(256), "a\0", "a\n", "\uD83D")) {
            refused(key(bad), "constraints.concurrency_key", NAME);
        }
    }

    @Test
    void capabilitiesAreAFewWords() {
        admitted(able(Collections.nCopies(32, "x".repeat(128))));
        refused(able(List.of()), "constraints.required_capabilities", "required capabilities list must not be empty");
        refused(
                able(List.of("a", "")),
                "constraints.required_capabilities",
                "required_capabilities contains an empty string");
        refused(
                able(Collections.nCopies(33, "x")),
                "constraints.required_capabilities",
                "must have at most 32 entries");
        for (String bad : List.of(" ", "x".repeat(129), "a\nb")) {
            refused(able(List.of("a", bad)), "constraints.required_capabilities[1]", NAME.replace("255", "128"));
        }
    }

    @Test
    void aRateHasBounds() {
        admitted(rate("r", 1, Duration.ofSeconds(1)));
        admitted(rate("r", 100_000, Duration.ofHours(24)));
        refused(rate("", 1, Duration.ofSeconds(1)), "rate.name", NAME);
        for (int bad : new int[] {0, -1, 100_001}) {
            refused(rate("r", bad, Duration.ofSeconds(1)), "rate.limit", "must be between 1 and 100000");
        }
        for (Duration bad : List.of(
                Duration.ZERO, Duration.ofMillis(999), Duration.ofHours(24).plusNanos(1))) {
            refused(rate("r", 1, bad), "rate.period_secs", "must be between 1 and 86400");
        }
    }

    @Test
    void aUniqueKeyHasBounds() {
        admitted(unique("u", null));
        admitted(unique("u", Duration.ofDays(3660)));
        refused(unique(" ", null), "unique.key", NAME);
        refused(unique("u", Duration.ZERO), "unique.period_secs", "must be between 1 and 316224000");
        refused(unique("u", Duration.ofDays(3661)), "unique.period_secs", "must be between 1 and 316224000");
    }

    @Test
    void anExpiryIsAnInstantThatCanBeStored() {
        admitted(expires(Instant.EPOCH));
        refused(expires(Instant.MAX), "expires_at", "must be between 0 and 253402300799");
    }

    @Test
    void aKeyIsTestedAfterTheTimeoutAndBeforeTheSafetyLevel() {
        NewTask task = key("").timeout(Duration.ZERO);
        refused(task, "constraints.timeout_secs", "timeout_secs must not be zero");
    }

    private static NewTask key(String key) {
        return MAIL.gates(new Gates(key, null, null, null, null, null));
    }

    private static NewTask able(List<String> capabilities) {
        return MAIL.gates(new Gates(null, null, capabilities, null, null, null));
    }

    private static NewTask rate(String name, int limit, Duration period) {
        return MAIL.gates(new Gates(null, null, null, new Rate(name, limit, period), null, null));
    }

    private static NewTask expires(Instant instant) {
        return MAIL.gates(new Gates(null, null, null, null, instant, null));
    }

    private static NewTask unique(String key, Duration period) {
        Unique unique = new Unique(key, Unique.Until.FINISHED, period, Unique.OnConflict.REJECT);
        return MAIL.gates(new Gates(null, null, null, null, null, unique));
    }

    private static void admitted(NewTask task) {
        TaskChecks.check(task, 1);
    }

    private static void refused(NewTask task, String field, String reason) {
        assertThatThrownBy(() -> TaskChecks.check(task, 1))
                .isInstanceOfSatisfying(
                        InvalidTask.class,
                        fault -> org.assertj.core.api.Assertions.assertThat(fault.details())
                                .containsEntry("field", field)
                                .containsEntry("reason", reason));
    }
}
