package dev.leasehold.task;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** A task that must be the only one of its type and key, and is not (decisions 6). */
public final class DuplicateUnique extends Fault {

    private static final long serialVersionUID = 1L;

    /** A refusal that names the task that is there. */
    public DuplicateUnique(String key, UUID existing) {
        super(
                Kind.CONFLICT,
                "duplicate_unique",
                "a task of this type is unique under " + key,
                Map.of("key", key, "task_id", existing.toString()));
    }
}
