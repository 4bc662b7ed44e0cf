package dev.leasehold.settings;

import java.util.List;

/** Reads {@code leasehold.capabilities}: words separated by commas. */
final class Capabilities {

    private static final String ALLOWED = "at most 32 words of 1 to 128 characters, separated by commas";

    private Capabilities() {}

    static List<String> of(List<String> entries) {
        if (entries.size() > 32 || entries.stream().anyMatch(one -> one.isEmpty() || one.length() > 128)) {
            throw new InvalidSetting("leasehold.capabilities", String.join(",", entries), ALLOWED);
        }
        return List.copyOf(entries);
    }
}
