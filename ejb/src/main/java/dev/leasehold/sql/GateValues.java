package dev.leasehold.sql;

import dev.leasehold.api.Rate;
import dev.leasehold.api.Unique;
import dev.leasehold.sql.SubmitStatement.GateRow;
import dev.leasehold.sql.SubmitStatement.TaskRow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a task's row that say what keeps its runs from being started. */
public final class GateValues {

    private GateValues() {}

    /** Of one task. */
    public static Values of(GateRow row) {
        return new Values()
                .set("concurrency_key", row.gates().concurrencyKey())
                .set("hold_policy", row.holdPolicy())
                .set("capabilities", row.capabilities())
                .set("key_permit", row.keyPermit())
                .set("rate_name", rate(row, Rate::name))
                .set("rate_limit", rate(row, Rate::limit))
                .set("rate_period", rate(row, rate -> micros(rate.period())))
                .set("rate_permit", row.ratePermit())
                .set("unique_key", unique(row, Unique::key))
                .set("unique_until", unique(row, one -> one.until().name()))
                .set("unique_period", unique(row, one -> micros(one.period())))
                .set("unique_on_conflict", unique(row, one -> one.onConflict().name()))
                .set("expires_at", row.gates().expiresAt());
    }

    /** Of many tasks. */
    public static Values of(List<TaskRow> tasks) {
        List<GateRow> rows = tasks.stream().map(TaskRow::gates).toList();
        return new Values()
                .column("concurrency_keys", "varchar", rows, row -> row.gates().concurrencyKey())
                .column("hold_policies", "varchar", rows, GateRow::holdPolicy)
                .column("capabilities", "varchar", rows, GateRow::capabilities)
                .column("key_permits", "int8", rows, GateRow::keyPermit)
                .column("rate_names", "varchar", rows, row -> rate(row, Rate::name))
                .column("rate_limits", "int4", rows, row -> rate(row, Rate::limit))
                .column("rate_periods", "int8", rows, row -> rate(row, rate -> micros(rate.period())))
                .column("rate_permits", "int8", rows, GateRow::ratePermit)
                .column("unique_keys", "varchar", rows, row -> unique(row, Unique::key))
                .column(
                        "unique_untils",
                        "varchar",
                        rows,
                        row -> unique(row, one -> one.until().name()))
                .column("unique_periods", "int8", rows, row -> unique(row, one -> micros(one.period())))
                .column(
                        "unique_on_conflicts",
                        "varchar",
                        rows,
                        row -> unique(row, one -> one.onConflict().name()))
                .column("expires_at", "timestamptz", rows, row -> row.gates().expiresAt());
    }

    private static @Nullable Object rate(GateRow row, Function<Rate, @Nullable Object> member) {
        return row.gates().rate() == null ? null : member.apply(row.gates().rate());
    }

    private static @Nullable Object unique(GateRow row, Function<Unique, @Nullable Object> member) {
        return row.gates().unique() == null ? null : member.apply(row.gates().unique());
    }

    private static @Nullable Object micros(@Nullable Duration duration) {
        return duration == null ? null : TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}
