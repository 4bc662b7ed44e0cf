package dev.leasehold.http;

import dev.leasehold.event.Cursor;
import dev.leasehold.event.EventType;
import dev.leasehold.event.Feed;
import dev.leasehold.event.InvalidCursor;
import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.sql.FeedStatement.Place;
import dev.leasehold.sql.FeedStatement.Wanted;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the feed is asked for.
 *
 * @param after behind which place
 * @param wanted which events
 * @param limit how many at most, 1 to 1000
 */
record FeedQuery(Place after, Wanted wanted, int limit) {

    private static final String TYPES =
            Arrays.stream(EventType.values()).map(EventType::word).collect(Collectors.joining(", "));

    /**
     * Reads {@code after}, {@code limit}, {@code event_type}, {@code run_id} and {@code task_id}.
     *
     * @throws InvalidPagination for a limit that is malformed or out of bounds
     * @throws InvalidCursor for a cursor that is none
     * @throws InvalidRequest for a filter that nothing can pass
     */
    static FeedQuery of(Query query) {
        String cursor = query.last("after");
        Place after = cursor == null ? Feed.START : Cursor.read(cursor).orElseThrow(InvalidCursor::malformed);
        Wanted wanted = new Wanted(type(query), uuid(query, "run_id"), uuid(query, "task_id"));
        return new FeedQuery(after, wanted, Page.limit(query));
    }

    private static @Nullable String type(Query query) {
        String value = query.last("event_type");
        if (value != null && EventType.of(value).isEmpty()) {
            throw new InvalidRequest("event_type", "must be one of " + TYPES);
        }
        return value;
    }

    private static @Nullable UUID uuid(Query query, String field) {
        String value = query.last(field);
        return value == null ? null : Uuids.read(value).orElseThrow(() -> new InvalidRequest(field, "must be a UUID"));
    }
}
