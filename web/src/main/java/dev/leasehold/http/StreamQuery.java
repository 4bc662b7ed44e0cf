package dev.leasehold.http;

import dev.leasehold.tenant.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream is to begin. The header that clients send when they come back beats what their address says.
 *
 * @param values the parameters
 * @param lastId the header {@code Last-Event-ID}; null for none
 */
record StreamQuery(
        Map<String, List<String>> values, @Nullable String lastId) {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    /** Some clients name no last id by an empty one. */
    StreamQuery {
        lastId = lastId == null || lastId.isEmpty() ? null : lastId;
    }

    /**
     * Reads {@code after}, {@code event_type}, {@code run_id} and {@code task_id}.
     *
     * @throws dev.leasehold.event.InvalidCursor for a cursor that is none
     * @throws InvalidRequest for a filter that nothing can pass
     */
    FollowingFeed ofFeed(Caller caller) {
        Map<String, List<String>> asked = new HashMap<>(values);
        asked.remove("limit");
        if (lastId != null) {
            asked.put("after", List.of(lastId));
        }
        FeedQuery query = FeedQuery.of(new Query(asked));
        return new FollowingFeed(caller, query.after(), query.wanted());
    }

    /**
     * Reads {@code after_seq}.
     *
     * @throws InvalidPagination for one that is no integer
     * @throws InvalidStream for one that no event can have
     */
    FollowingRun ofRun(Caller caller, UUID run) {
        String after = lastId == null ? new Query(values).last("after_seq") : lastId;
        if (after == null) {
            return new FollowingRun(caller, run, 0);
        }
        if (!NUMBER.matcher(after).matches()) {
            throw new InvalidPagination("after_seq", "an integer");
        }
        long seq = Long.parseLong(after);
        if (seq < 0) {
            throw new InvalidStream("after_seq must be 0 or more");
        }
        return new FollowingRun(caller, run, (int) Math.min(seq, Integer.MAX_VALUE));
    }
}
