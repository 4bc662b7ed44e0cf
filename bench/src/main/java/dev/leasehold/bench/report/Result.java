package dev.leasehold.bench.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One repetition of a case by a system: a line of {@code results.jsonl}.
 *
 * @param id of the case
 * @param measured {@code null} when it was void before it ended
 * @param voided why the figures do not count; {@code null} when they count
 * @param figures further ones, by name with unit
 */
public record Result(
        String id,
        String system,
        int repetition,
        int runs,
        @Nullable Measurement measured,
        @Nullable String voided,
        Map<String, Double> figures) {}
