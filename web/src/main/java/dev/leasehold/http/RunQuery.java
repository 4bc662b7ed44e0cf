package dev.leasehold.http;

import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads which runs a list shows. */
final class RunQuery {

    private static final int LONGEST_TAG = 128;
    private static final int LONGEST_KEY = 255;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final String STATES =
            Arrays.stream(RunState.values()).map(RunState::snake).collect(Collectors.joining(", "));

    private RunQuery() {}

    /**
     * Reads {@code state}, which may be repeated, {@code task_id}, {@code type}, {@code queue}, {@code tag} and
     * {@code concurrency_key}.
     *
     * @throws InvalidRequest for the first with a value that nothing can have
     */
    static RunFilter filter(Query query) {
        return new RunFilter(
                states(query),
                taskId(query),
                name(query, "type"),
                name(query, "queue"),
                text(query, "tag", LONGEST_TAG),
                text(query, "concurrency_key", LONGEST_KEY));
    }

    private static @Nullable String text(Query query, String field, int longest) {
        String value = query.last(field);
        if (value != null && (value.isEmpty() || value.length() > longest || !Text.isWhole(value))) {
            throw new InvalidRequest(field, "must have 1 to " + longest + " characters that can be stored");
        }
        return value;
    }

    private static Set<RunState> states(Query query) {
        Set<RunState> states = EnumSet.noneOf(RunState.class);
        for (String name : query.all("state")) {
            states.add(
                    RunState.ofSnake(name).orElseThrow(() -> new InvalidRequest("state", "must be one of " + STATES)));
        }
        return states;
    }

    private static @Nullable UUID taskId(Query query) {
        String value = query.last("task_id");
        return value == null
                ? null
                : Uuids.read(value).orElseThrow(() -> new InvalidRequest("task_id", "must be a UUID"));
    }

    private static @Nullable String name(Query query, String field) {
        String value = query.last(field);
        if (value != null && !NAME.matcher(value).matches()) {
            throw new InvalidRequest(field, "must be 1 to 128 of letters, digits and . _ - :");
        }
        return value;
    }
}
