package dev.leasehold.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads UUIDs in their one usual form, hyphenated; Java alone would also take shortened ones. */
final class Uuids {

    private static final UUID NIL = new UUID(0, 0);
    private static final Pattern FORM =
            Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

    private Uuids() {}

    static Optional<UUID> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    static UUID task(String raw) {
        return inPath("task", raw);
    }

    static UUID run(String raw) {
        return inPath("run", raw);
    }

    private static UUID inPath(String noun, String raw) {
        return read(raw).filter(id -> !id.equals(NIL)).orElseThrow(() -> new InvalidId(noun, raw));
    }
}
