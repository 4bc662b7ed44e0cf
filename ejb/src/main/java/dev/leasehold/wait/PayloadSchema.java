package dev.leasehold.wait;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members that a payload must have; it may have others.
 *
 * @param types {@code string}, {@code number}, {@code boolean}, {@code array} or {@code object} by member
 */
public record PayloadSchema(Map<String, String> types) {

    /** Keeps the order. */
    public PayloadSchema {
        types = new LinkedHashMap<>(types);
    }

    /** As it is stored: a member and its type in each line. */
    String text() {
        return types.entrySet().stream()
                .map(one -> one.getValue() + " " + one.getKey())
                .collect(Collectors.joining("\n"));
    }

    /** The schema that is stored so; one that asks for nothing where there is none. */
    static PayloadSchema of(@Nullable String text) {
        Map<String, String> types = new LinkedHashMap<>();
        if (text != null) {
            Arrays.stream(text.split("\n", -1))
                    .map(line -> line.split(" ", 2))
                    .forEach(line -> types.put(line[1], line[0]));
        }
        return new PayloadSchema(types);
    }

    /** Refuses members that are missing, or of another type. */
    void require(String wait, Map<String, String> given) {
        types.forEach((member, type) -> {
            if (!type.equals(given.get(member))) {
                throw new PayloadSchemaViolation(wait, member, type);
            }
        });
    }
}
