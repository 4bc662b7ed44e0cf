package dev.leasehold.http;

import dev.leasehold.fault.InvalidRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the audit is asked for.
 *
 * @param run records about that run alone; null for all
 * @param after the number of a record that the page begins behind; 0 for the first
 * @param limit how many at most, 1 to 1000
 */
record AuditQuery(@Nullable UUID run, long after, int limit) {

    /**
     * Reads {@code run_id}, {@code after} and {@code limit}.
     *
     * @throws InvalidPagination for a cursor or a limit that is malformed or out of bounds
     * @throws InvalidRequest for a run that is no id
     */
    static AuditQuery of(Query query) {
        String after = query.last("after");
        if (after != null && !after.matches("[0-9]{1,18}")) {
            throw new InvalidPagination("after", "the next of an earlier page");
        }
        String run = query.last("run_id");
        UUID id =
                run == null ? null : Uuids.read(run).orElseThrow(() -> new InvalidRequest("run_id", "must be a UUID"));
        return new AuditQuery(id, after == null ? 0 : Long.parseLong(after), Page.limit(query));
    }
}
