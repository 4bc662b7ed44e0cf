package dev.leasehold.http;

import dev.leasehold.event.Cursor;
import dev.leasehold.event.Feed;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.FeedStatement.Place;
import dev.leasehold.sql.FeedStatement.Wanted;
import dev.leasehold.tenant.Caller;
import java.util.List;

/**
 * A place in the feed.
 *
 * @param after behind which event
 * @param wanted which events
 */
record FollowingFeed(Caller caller, Place after, Wanted wanted) implements Following {

    @Override
    public String mark() {
        return Cursor.of(after);
    }

    @Override
    public Part read(EventReading events) {
        Feed.Page page = events.feed.page(caller, after, wanted, MOST);
        List<EventRow> rows = page.events();
        Lines lines = Lines.of(rows, event -> Cursor.of(place(event)));
        Place next = lines.count() < rows.size() ? place(rows.get(lines.count() - 1)) : page.next();
        boolean more = rows.size() == MOST || lines.count() < rows.size();
        return new Part(lines.text(), new FollowingFeed(caller, next, wanted), more);
    }

    private static Place place(EventRow event) {
        return new Place(event.pos(), event.runId(), event.version());
    }
}
