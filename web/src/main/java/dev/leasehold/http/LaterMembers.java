package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import dev.leasehold.fault.NotSupportedYet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The members of a task that the contract has and this version does not obey: refused unless they say what holds anyway. */
final class LaterMembers {

    private LaterMembers() {}

    /** The first refusal that the task deserves. */
    static Optional<Fault> refusal(Members task) {
        return unsupported(task);
    }

    private static Optional<Fault> unsupported(Members task) {
        List<String> dependencies = task.texts("depends_on");
        return Stream.of(
                        task.uuid("parent_task_id") != null ? "parent_task_id" : "",
                        dependencies != null && !dependencies.isEmpty() ? "depends_on" : "")
                .filter(name -> !name.isEmpty())
                .findFirst()
                .map(NotSupportedYet::new);
    }
}
