package dev.leasehold.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of something that a run waited for.
 *
 * @param kind what kind of thing
 * @param name the signal's name; null where it was none
 * @param happened whether it did; false when it took too long, or when somebody had the run go on without it
 * @param json what came with it, a JSON document of at most 16384 bytes; null when nothing did
 * @param at when the wait was over
 */
public record Received(
        WaitKind kind,
        @Nullable String name,
        boolean happened,
        @Nullable String json,
        Instant at) {}
