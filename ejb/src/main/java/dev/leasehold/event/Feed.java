package dev.leasehold.event;

import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.FeedStatement;
import dev.leasehold.sql.FeedStatement.Place;
import dev.leasehold.sql.FeedStatement.Wanted;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.RemovalStatement;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** All events of a tenant in one order, for readers that come back (decisions 4). Read within a transaction. */
@ApplicationScoped
public class Feed {

    /** Before every event. */
    public static final Place START = new Place(0, new UUID(0, 0), 0);

    /**
     * A part of the feed.
     *
     * @param events what is wanted of it, in the feed's order
     * @param next where to go on; the same place again while there is nothing new
     * @param lag the age of the oldest event that is still to come, asked for or held back; zero when there is none
     */
    public record Page(List<EventRow> events, Place next, Duration lag) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    FeedStatement statement;

    @Inject
    RemovalStatement removal;

    /**
     * The next events behind a place. None appears behind it later, whatever commits meanwhile. Who begins at the start is
     * given what stands behind the last event that was removed; what goes while a page is read is noticed after it.
     *
     * @param caller the tenant
     * @param after the place
     * @param wanted which events; {@code next} moves on over the others
     * @param limit how many at most
     * @throws InvalidCursor when the place is ahead of the feed
     * @throws CursorExpired when events behind the place were removed
     */
    public Page page(Caller caller, Place after, Wanted wanted, int limit) {
        Instant now = clock.instant();
        return session.work(connection -> {
            long horizon = statement.begin(connection);
            if (after.pos() >= horizon) {
                throw InvalidCursor.ahead();
            }
            Place floor = removal.floor(connection, caller.tenant());
            while (true) {
                Place from = after.equals(START) ? floor : after;
                FeedReading.Part part = new FeedReading.Part(caller.tenant(), from, horizon);
                Page page = new FeedReading(statement, connection, part, wanted, limit).page(now);
                floor = removal.floor(connection, caller.tenant());
                if (RemovalStatement.PLACES.compare(floor, from) <= 0) {
                    return page;
                }
                if (!after.equals(START)) {
                    throw new CursorExpired(floor);
                }
            }
        });
    }
}
