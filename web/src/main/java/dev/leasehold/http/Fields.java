package dev.leasehold.http;

import dev.leasehold.lease.HeldLease;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Members that several requests have, each with its bounds. */
final class Fields {

    /** The most items of a plural request. */
    static final int MOST_ITEMS = 1000;

    private static final UUID NIL = new UUID(0, 0);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final int LONGEST_OWNER = 255;
    private static final int LONGEST_REASON = 1000;

    private Fields() {}

    /** The worker that asks. */
    static String owner(Members members) {
        String owner = members.required("owner", members.text("owner"));
        if (owner.isEmpty()
                || owner.length() > LONGEST_OWNER
                || owner.codePoints().anyMatch(Character::isISOControl)) {
            throw members.refuse("owner", "must have 1 to " + LONGEST_OWNER + " characters, none of them a control");
        }
        return owner;
    }

    static UUID id(Members members, String name) {
        UUID id = members.required(name, members.uuid(name));
        if (id.equals(NIL)) {
            throw members.refuse(name, "must not be the nil UUID");
        }
        return id;
    }

    /** Of a lease: the run and the fence. */
    static HeldLease lease(String owner, Members lease) {
        return new HeldLease(owner, id(lease, "run_id"), fence(lease));
    }

    static long fence(Members lease) {
        return lease.required("fence", lease.whole("fence", 0, Long.MAX_VALUE));
    }

    /** The items of a plural request. */
    static List<Members> items(Members members, String name, String... known) {
        List<Members> items = members.parts(name, known);
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            throw members.refuse(name, "must have 1 to " + MOST_ITEMS + " entries");
        }
        return items;
    }

    static Duration seconds(Members members, String name, Bounds bounds, Duration usual) {
        BigDecimal seconds = members.number(name);
        if (seconds == null) {
            return usual;
        }
        if (seconds.compareTo(BigDecimal.valueOf(bounds.least())) < 0
                || seconds.compareTo(BigDecimal.valueOf(bounds.most())) > 0) {
            throw members.refuse(name, "must be between " + bounds.least() + " and " + bounds.most());
        }
        return Seconds.duration(seconds);
    }

    /** The least and the most seconds. */
    record Bounds(long least, long most) {}

    /** An instant of the years that a task may be scheduled for. */
    static Instant instant(Members members, String name) {
        Instant instant = Seconds.instant(members.required(name, members.number(name)));
        if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LAST)) {
            throw members.refuse(name, "must be between 0 and " + LAST.getEpochSecond());
        }
        return instant;
    }

    /** How long a lease lasts. */
    static Duration leaseSecs(Members members, Duration usual) {
        return seconds(members, "lease_secs", new Bounds(3, 86_400), usual);
    }

    /** Names of queues or types; null where the member is absent. */
    static @Nullable List<String> names(Members members, String name) {
        List<String> names = members.texts(name);
        if (names == null) {
            return null;
        }
        if (names.isEmpty() || names.size() > MOST_ITEMS) {
            throw members.refuse(name, "must have 1 to " + MOST_ITEMS + " entries");
        }
        for (int i = 0; i < names.size(); i++) {
            requireName(members, name + "[" + i + "]", names.get(i));
        }
        return names;
    }

    /** A queue's name, if there is one. */
    static @Nullable String queue(Members members) {
        String queue = members.text("queue");
        if (queue != null) {
            requireName(members, "queue", queue);
        }
        return queue;
    }

    /** Why something is to be done, if that is said. */
    static @Nullable String reason(Members members) {
        String reason = members.text("reason");
        if (reason != null && (reason.isEmpty() || reason.length() > LONGEST_REASON)) {
            throw members.refuse("reason", "must have 1 to " + LONGEST_REASON + " characters");
        }
        return reason;
    }

    /** What a worker can do beside its types; nothing in particular where the member is absent. */
    static List<String> capabilities(Members members) {
        List<String> all = members.texts("capabilities");
        if (all == null) {
            return List.of();
        }
        if (all.isEmpty() || all.size() > 32) {
            throw members.refuse("capabilities", "must have 1 to 32 entries");
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isEmpty() || all.get(i).length() > 128) {
                throw members.refuse("capabilities[" + i + "]", "must have 1 to 128 characters");
            }
        }
        return all;
    }

    private static void requireName(Members members, String path, String value) {
        if (!NAME.matcher(value).matches()) {
            throw members.refuse(path, "must be 1 to 128 of letters, digits and . _ - :");
        }
    }
}
