package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object in a request, each read as what it must be. A member that is null counts as absent; one
 * that is not known, or is of another type, is refused by its path.
 */
final class Members {

    private final String path;
    private final Map<String, @Nullable Object> values;
    private final BiFunction<String, String, Fault> refusal;

    /**
     * Members by their names.
     *
     * @param path of the object, with a dot at its end; empty for the body itself
     * @param values strings, booleans, {@link Digits}, bytes of a document, lists and maps of them, or null
     * @param refusal made of a member's path and a reason
     */
    Members(String path, Map<String, @Nullable Object> values, BiFunction<String, String, Fault> refusal) {
        this.path = path;
        this.values = values;
        this.refusal = refusal;
    }

    /** Refuses every other member, even when it is null. */
    Members only(String... known) {
        List<String> names = Arrays.asList(known);
        values.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refuse(name, "is not known");
                });
        return this;
    }

    Fault refuse(String name, String reason) {
        return refusal.apply(path + name, reason);
    }

    /** The member's path in the request. */
    String path(String name) {
        return path + name;
    }

    /** The value, which must be there. */
    <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw refuse(name, "is required");
        }
        return value;
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    /** Whether the member is given, be it null. */
    boolean names(String name) {
        return values.containsKey(name);
    }

    boolean is(String name, Object value) {
        return value.equals(values.get(name));
    }

    /** All of them as they came. */
    Map<String, @Nullable Object> all() {
        return values;
    }

    boolean isObject(String name) {
        return values.get(name) instanceof Map;
    }

    @Nullable
    String text(String name) {
        return get(name, String.class, "a string");
    }

    byte @Nullable [] document(String name) {
        return get(name, byte[].class, "a JSON document");
    }

    /** The entries of a member that were left as documents of their own; none when it is absent. */
    List<byte[]> documents(String name) {
        List<?> list = get(name, List.class, "an array of objects");
        return list == null ? List.of() : list.stream().map(byte[].class::cast).toList();
    }

    @Nullable
    UUID uuid(String name) {
        String text = text(name);
        return text == null ? null : Uuids.read(text).orElseThrow(() -> refuse(name, "must be a UUID"));
    }

    @Nullable
    BigDecimal number(String name) {
        return number(name, "a number");
    }

    @Nullable
    Integer integer(String name) {
        Long whole = whole(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return whole == null ? null : whole.intValue();
    }

    @Nullable
    Long whole(String name, long least, long most) {
        BigDecimal number = number(name, "an integer");
        if (number == null) {
            return null;
        }
        if (number.compareTo(BigDecimal.valueOf(least)) < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw refuse(name, "must be an integer between " + least + " and " + most);
        }
        return number.longValue();
    }

    @Nullable
    Boolean flag(String name) {
        return get(name, Boolean.class, "true or false");
    }

    @Nullable
    List<String> texts(String name) {
        List<?> list = get(name, List.class, "an array of strings");
        if (list == null) {
            return null;
        }
        List<String> texts = new ArrayList<>(list.size());
        for (Object one : list) {
            if (!(one instanceof String text)) {
                throw refuse(name + "[" + texts.size() + "]", "must be a string");
            }
            texts.add(text);
        }
        return texts;
    }

    /** The members of a member; none when it is absent. */
    @SuppressWarnings("unchecked") // there are no other maps
    Members part(String name, String... known) {
        Map<String, @Nullable Object> part = get(name, Map.class, "an object");
        return new Members(path + name + ".", part == null ? Map.of() : part, refusal).only(known);
    }

    /** The members of each entry of a member; none when it is absent. */
    @SuppressWarnings("unchecked") // there are no other maps
    List<Members> parts(String name, String... known) {
        List<?> list = get(name, List.class, "an array of objects");
        List<Members> parts = new ArrayList<>();
        for (Object one : list == null ? List.of() : list) {
            String entry = name + "[" + parts.size() + "]";
            if (!(one instanceof Map)) {
                throw refuse(entry, "must be an object");
            }
            parts.add(new Members(path + entry + ".", (Map<String, @Nullable Object>) one, refusal).only(known));
        }
        return parts;
    }

    private @Nullable BigDecimal number(String name, String wanted) {
        Digits digits = get(name, Digits.class, wanted);
        return digits == null ? null : digits.value().orElseThrow(() -> refuse(name, "is out of range"));
    }

    private <T> @Nullable T get(String name, Class<T> type, String wanted) {
        Object value = values.get(name);
        if (value != null && !type.isInstance(value)) {
            throw refuse(name, "must be " + wanted);
        }
        return type.cast(value);
    }
}
