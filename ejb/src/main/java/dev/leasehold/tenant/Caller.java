package dev.leasehold.tenant;

import java.util.UUID;

/**
 * Who asks a command, and for which tenant. Every command takes one (decisions 9).
 *
 * @param tenant the tenant whose rows the command may see
 * @param subject the name that events record as their actor, 1 to 255 characters
 */
public record Caller(UUID tenant, String subject) {

    /** The tenant that the first migration creates, and the only one so far. */
    public static final UUID DEFAULT_TENANT = UUID.fromString("00000000-0000-7000-8000-000000000001");

    /** The queue itself, on a node: timers and dispatcher. */
    public static Caller system(String node) {
        return new Caller(DEFAULT_TENANT, "system:" + node);
    }

    /** Whoever reaches the API while there are no credentials: somebody on this machine. */
    public static Caller local() {
        return new Caller(DEFAULT_TENANT, "local");
    }

    /** The application that embeds the queue. */
    public static Caller application() {
        return new Caller(DEFAULT_TENANT, "application");
    }
}
