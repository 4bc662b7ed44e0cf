package dev.leasehold.run;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Finds one tag among those of a task, which are stored as a JSON array of strings. */
final class TagPattern {

    private TagPattern() {}

    /** A pattern for {@code like … escape '!'}. */
    static String of(String tag) {
        String stored = new String(JsonStringEncoder.getInstance().quoteAsString(tag));
        return "%\"" + stored.replaceAll("([!%_])", "!$1") + "\"%";
    }
}
