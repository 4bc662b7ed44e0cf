package dev.leasehold.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code leasehold.queues}: {@code name:threads}, separated by commas. A name may have colons itself. */
final class QueueThreads {

    private static final String KEY = "leasehold.queues";
    private static final String ALLOWED = "name:threads, separated by commas: each queue once, its name 1 to 128 of"
            + " letters, digits and . _ - :, its threads a whole number from 0 to 1000";
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9._:-]{1,128}):([0-9]{1,4})");
    private static final int MOST = 1000;

    private QueueThreads() {}

    static Map<String, Integer> of(List<String> entries) {
        Map<String, Integer> threads = new LinkedHashMap<>();
        for (String entry : entries) {
            Matcher parts = ENTRY.matcher(entry);
            if (!parts.matches() || Integer.parseInt(parts.group(2)) > MOST || threads.containsKey(parts.group(1))) {
                throw new InvalidSetting(KEY, String.join(",", entries), ALLOWED);
            }
            threads.put(parts.group(1), Integer.valueOf(parts.group(2)));
        }
        return Collections.unmodifiableMap(threads);
    }
}
