package dev.leasehold.http;

import dev.leasehold.api.Repeat;
import dev.leasehold.fault.Fault;
import dev.leasehold.fault.NotSupportedYet;
import dev.leasehold.task.InvalidTask;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads when a task runs. So far that is once; the other policies are checked as AQ 1.3 checks them, and refused. */
final class RunPolicyRequest {

    private static final String POLICY = "run_policy";
    private static final String REPEAT = "Repeat";
    private static final String CRON = "Cron";

    /** Five or six fields, or a word; what stands in the fields is nobody's to read yet. */
    private static final Pattern EXPRESSION =
            Pattern.compile("@(yearly|monthly|weekly|daily|hourly)|[\\w*?/,#-]+( +[\\w*?/,#-]+){4,5}");

    private RunPolicyRequest() {}

    static Optional<Fault> refusal(Members task) {
        if (!task.has(POLICY) || task.is(POLICY, "Once")) {
            return Optional.empty();
        }
        Members policy = policy(task);
        Optional<Fault> invalid = policy.has(REPEAT)
                ? repeat(policy.part(REPEAT, "count", "interval_secs"))
                : cron(policy.part(
                        CRON,
                        "expression",
                        "time_zone",
                        "max_occurrences",
                        "dst_gap",
                        "dst_overlap",
                        "misfire",
                        "overlap"));
        return policy.has(REPEAT) ? invalid : invalid.or(() -> Optional.of(new NotSupportedYet(POLICY + "." + CRON)));
    }

    /** The task's repetition, once {@link #refusal} has found nothing against it. */
    static @Nullable Repeat of(Members task) {
        if (!task.isObject(POLICY)) {
            return null;
        }
        Members repeat = policy(task).part(REPEAT, "count", "interval_secs");
        Integer count = repeat.integer("count");
        BigDecimal interval = repeat.number("interval_secs");
        return count == null || interval == null ? null : new Repeat(count, Seconds.duration(interval));
    }

    private static Members policy(Members task) {
        if (task.isObject(POLICY)) {
            Members policy = task.part(POLICY, REPEAT, CRON);
            if (policy.has(REPEAT) != policy.has(CRON)) {
                return policy;
            }
        }
        throw task.refuse(POLICY, "must be \"Once\", {\"Repeat\": …} or {\"Cron\": …}");
    }

    private static Optional<Fault> repeat(Members repeat) {
        Integer count = repeat.integer("count");
        BigDecimal interval = repeat.number("interval_secs");
        if (count == null || interval == null) {
            return Optional.of(repeat.refuse(count == null ? "count" : "interval_secs", "is required"));
        }
        return Optional.empty();
    }

    private static Optional<Fault> cron(Members cron) {
        String expression = cron.text("expression");
        Integer most = cron.integer("max_occurrences");
        if (expression == null) {
            return Optional.of(cron.refuse("expression", "is required"));
        }
        if (!EXPRESSION.matcher(expression.strip()).matches()) {
            return Optional.of(InvalidTask.policy(
                    "Cron.expression", "invalid cron policy: Invalid expression: Invalid cron expression."));
        }
        if (most != null && most < 1) {
            return Optional.of(InvalidTask.policy(
                    "Cron.max_occurrences", "invalid cron policy: max_occurrences must be at least 1"));
        }
        return Optional.empty();
    }
}
