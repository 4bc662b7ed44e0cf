package dev.leasehold.http;

import dev.leasehold.event.Cursor;
import dev.leasehold.event.Feed;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;

/** The feed: all events in one order (http.md 4). */
@Path("v1/events")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class EventsResource {

    private record Listing(List<EventView> events, String next, Duration lagSecs) {}

    @Inject
    Repeats repeats;

    @Inject
    Feed feed;

    /** The events behind a cursor, or from the oldest that is kept. */
    @GET
    public byte[] list(@Context UriInfo uri) {
        FeedQuery query = FeedQuery.of(new Query(uri.getQueryParameters()));
        Feed.Page page = repeats.call(() -> feed.page(Caller.local(), query.after(), query.wanted(), query.limit()));
        return Json.write(
                new Listing(page.events().stream().map(EventView::of).toList(), Cursor.of(page.next()), page.lag()));
    }
}
