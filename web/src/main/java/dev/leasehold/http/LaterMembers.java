package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import dev.leasehold.fault.NotSupportedYet;
import dev.leasehold.task.InvalidTask;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The members of a task that the contract has and this version does not obey: refused unless they say what holds
 * anyway. What AQ 1.3 and 1.4 refuse in them is refused first, in AQ's words.
 */
final class LaterMembers {

    private static final String POLICY = "concurrency_key_hold_policy";
    /** What holds unless a task says otherwise. */
    static final String HOLD = "HoldDuringRetry";

    private static final String RELEASE = "ReleaseOnRetry";

    private LaterMembers() {}

    /** The first refusal that the task deserves. */
    static Optional<Fault> refusal(Members task, Members constraints) {
        return Stream.of(
                        key(constraints),
                        holdPolicy(constraints),
                        capabilities(constraints),
                        unsupportedConstraint(constraints),
                        unsupportedMember(task))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Fault> key(Members constraints) {
        return "".equals(constraints.text("concurrency_key"))
                ? Optional.of(InvalidTask.constraint("concurrency_key", "concurrency key must not be an empty string"))
                : Optional.empty();
    }

    private static Optional<Fault> holdPolicy(Members constraints) {
        String policy = constraints.text(POLICY);
        return policy == null || policy.equals(HOLD) || policy.equals(RELEASE)
                ? Optional.empty()
                : Optional.of(constraints.refuse(POLICY, "must be one of " + HOLD + ", " + RELEASE));
    }

    private static Optional<Fault> capabilities(Members constraints) {
        List<String> capabilities = constraints.texts("required_capabilities");
        if (capabilities == null) {
            return Optional.empty();
        }
        if (capabilities.isEmpty()) {
            return Optional.of(
                    InvalidTask.constraint("required_capabilities", "required capabilities list must not be empty"));
        }
        return capabilities.contains("")
                ? Optional.of(InvalidTask.constraint(
                        "required_capabilities", "required_capabilities contains an empty string"))
                : Optional.empty();
    }

    private static Optional<Fault> unsupportedConstraint(Members constraints) {
        return Stream.of(
                        constraints.has("concurrency_key") ? "concurrency_key" : "",
                        constraints.is(POLICY, RELEASE) ? POLICY : "",
                        constraints.has("required_capabilities") ? "required_capabilities" : "")
                .filter(name -> !name.isEmpty())
                .findFirst()
                .map(name -> new NotSupportedYet("constraints." + name));
    }

    private static Optional<Fault> unsupportedMember(Members task) {
        List<String> dependencies = task.texts("depends_on");
        return Stream.of(
                        task.has("unique") ? "unique" : "",
                        task.number("expires_at") != null ? "expires_at" : "",
                        task.has("rate") ? "rate" : "",
                        task.uuid("parent_task_id") != null ? "parent_task_id" : "",
                        dependencies != null && !dependencies.isEmpty() ? "depends_on" : "")
                .filter(name -> !name.isEmpty())
                .findFirst()
                .map(NotSupportedYet::new);
    }
}
