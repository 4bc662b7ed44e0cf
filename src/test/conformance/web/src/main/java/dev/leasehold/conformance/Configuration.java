package dev.leasehold.conformance;

import dev.leasehold.settings.InvalidSetting;
import dev.leasehold.settings.Settings;
import dev.leasehold.worker.Dispatcher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The node's settings, which the product reads anew at every use: here they are system properties. */
@ApplicationScoped
public class Configuration {

    private static final String PREFIX = "leasehold.";
    private static final String BACKOFF = "backoff";

    /** The scenarios' defaults (decisions 6). */
    private static final Map<String, String> DEFAULTS = Map.of(
            "leasehold.worker-threads", "1",
            "leasehold.default-max-attempts", "1",
            "leasehold.lease-secs", "300",
            "leasehold.http-lease-secs", "300",
            "leasehold.default-backoff", "fixed",
            "leasehold.default-backoff-delay-secs", "0",
            "leasehold.default-backoff-factor", "2",
            "leasehold.default-backoff-max-delay-secs", "3600",
            "leasehold.default-backoff-jitter", "0",
            "leasehold.retention-days", "0");

    /** Members of requests by their keys; a whole key may stand in their place. */
    private static final Map<String, String> MEMBERS = Map.of(
            "concurrency", "leasehold.worker-threads",
            "max_attempts", "leasehold.default-max-attempts",
            "lease_secs", "leasehold.lease-secs",
            "http_lease_secs", "leasehold.http-lease-secs");

    private static final Map<String, String> BACKOFF_MEMBERS = Map.of(
            "strategy", "leasehold.default-backoff",
            "delay_secs", "leasehold.default-backoff-delay-secs",
            "factor", "leasehold.default-backoff-factor",
            "max_delay_secs", "leasehold.default-backoff-max-delay-secs",
            "jitter", "leasehold.default-backoff-jitter");

    @Inject
    Settings settings;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Remembered remembered;

    private final Map<String, @Nullable String> before = new HashMap<>();

    /** What was configured before a kill, the defaults for the rest. */
    synchronized void restore() {
        Properties last = remembered.read();
        Map<String, String> values = new HashMap<>(DEFAULTS);
        last.stringPropertyNames().stream()
                .filter(key -> key.startsWith(PREFIX))
                .forEach(key -> values.put(key, last.getProperty(key)));
        apply(values);
    }

    /** The defaults again, and what else was configured as it was before. */
    synchronized void reset() {
        before.forEach(Configuration::set);
        before.clear();
        Map<String, String> all = new HashMap<>(DEFAULTS);
        remembered.forget(PREFIX);
        apply(all);
    }

    /** Takes the members of a request over; all of them or none. */
    synchronized Map<String, String> change(Body body) {
        requireThreads(body);
        Map<String, String> values = new LinkedHashMap<>();
        body.texts().forEach((name, value) -> {
            if (name.equals(BACKOFF)) {
                body.part(BACKOFF).texts().forEach((part, one) -> values.put(key(part, BACKOFF_MEMBERS), one));
            } else {
                values.put(key(name, MEMBERS), value);
            }
        });
        apply(values);
        remembered.add(values);
        return current();
    }

    private static String key(String member, Map<String, String> members) {
        String key = members.getOrDefault(member, member);
        if (!key.startsWith(PREFIX)) {
            throw Refused.member(member, "is not known");
        }
        if (key.matches("leasehold\\.(duties|node|data.*|port)")) {
            throw Refused.member(member, "cannot be changed while the server runs");
        }
        return key;
    }

    /** AQ 6.1 knows no node without threads; ours may have none. */
    private static void requireThreads(Body body) {
        if ("0".equals(body.text("concurrency"))) {
            throw Refused.member("concurrency", "must be at least 1");
        }
    }

    private void apply(Map<String, String> values) {
        Map<String, @Nullable String> old = new HashMap<>();
        values.forEach((key, value) -> old.put(key, System.getProperty(key)));
        values.forEach(System::setProperty);
        try {
            settings.check();
        } catch (InvalidSetting e) {
            old.forEach(Configuration::set);
            throw Refused.member("configuration", String.valueOf(e.getMessage()));
        }
        old.forEach((key, value) -> {
            if (!DEFAULTS.containsKey(key) && !before.containsKey(key)) {
                before.put(key, value);
            }
        });
        dispatcher.resize();
    }

    private static void set(String key, @Nullable String value) {
        if (value == null) {
            System.clearProperty(key);
        } else {
            System.setProperty(key, value);
        }
    }

    private static Map<String, String> current() {
        Map<String, String> current = new LinkedHashMap<>();
        DEFAULTS.keySet().stream().sorted().forEach(key -> current.put(key, String.valueOf(System.getProperty(key))));
        return current;
    }
}
