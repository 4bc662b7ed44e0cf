package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of one item of a request: members in the order in which they were put; absent where there is nothing. */
final class Item {

    /** What became of each item, in order. */
    record Results(List<Map<String, Object>> results) {}

    private final Map<String, Object> members = new LinkedHashMap<>();

    private Item() {}

    static Item of(UUID run, String status) {
        return of("run_id", run).with("status", status);
    }

    static Item of(String name, Object value) {
        return new Item().with(name, value);
    }

    static Item refused(UUID run, String status, Fault why) {
        Problem problem = Problem.of(why);
        return of(run, status)
                .with("error", problem.error())
                .with("message", problem.message())
                .with("details", problem.details());
    }

    Item with(String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    Map<String, Object> members() {
        return members;
    }
}
