package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By how much one transaction changes how many tasks, attempts and runs of each state a tenant has. */
final class Tally {

    /** The columns that are summed: tasks, attempts, and one for each state of a run. */
    static final List<String> COUNTS = List.of(
            "tasks",
            "attempts",
            "scheduled",
            "ready",
            "leased",
            "running",
            "retry_wait",
            "suspended",
            "completed",
            "failed",
            "canceled");

    private static final Pattern WORD_BEGINS = Pattern.compile("(?<!^)(?=[A-Z])");
    private static final String ATTEMPT = ">Running";

    private final UUID tenant;
    private final Map<String, Long> counts = new TreeMap<>();
    private @Nullable Long pos;

    Tally(UUID tenant) {
        this.tenant = tenant;
    }

    /** Sums that the database made. */
    static Tally read(ResultSet row) throws SQLException {
        Tally tally = new Tally(Rows.uuid(row, "tenant_id"));
        long pos = row.getLong("pos");
        tally.pos = row.wasNull() ? null : pos;
        for (String count : COUNTS) {
            tally.add(count, row.getLong(count));
        }
        return tally;
    }

    Tally add(String count, long by) {
        counts.merge(count, by, Long::sum);
        return this;
    }

    /** An event's own steps say what it changes. */
    void event(long position, String transitions) {
        pos = pos == null ? position : Math.max(pos, position);
        int first = transitions.indexOf('>');
        if (first >= 0) {
            state(transitions.substring(0, first), -1);
            state(transitions.substring(transitions.lastIndexOf('>') + 1), 1);
            add("attempts", transitions.contains(ATTEMPT) ? 1 : 0);
        }
    }

    private void state(String word, int by) {
        if (!word.isEmpty()) {
            add(WORD_BEGINS.matcher(word).replaceAll("_").toLowerCase(Locale.ROOT), by);
        }
    }

    /** The row, at the position of its event or of whoever writes it; what does not change is left empty. */
    Values values(@Nullable Long place) {
        Values values = new Values()
                .set("tenant", tenant)
                .set("place", place == null ? pos : place)
                .set("pos", pos);
        for (String count : COUNTS) {
            long by = counts.getOrDefault(count, 0L);
            values.set(count, by == 0 ? null : by);
        }
        return values;
    }
}
