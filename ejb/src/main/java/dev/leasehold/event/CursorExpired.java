package dev.leasehold.event;

import dev.leasehold.fault.Fault;
import dev.leasehold.sql.FeedStatement.Place;
import java.util.Map;

/** A cursor behind which events were removed meanwhile: who goes on from there would miss some. */
public final class CursorExpired extends Fault {

    private static final long serialVersionUID = 1L;

    /**
     * Refuses a cursor.
     *
     * @param oldest the first place from which nothing is missed; in {@code details.oldest} as a cursor
     */
    public CursorExpired(Place oldest) {
        super(
                Kind.GONE,
                "cursor_expired",
                "events behind this cursor were removed; begin again, or go on at the oldest place",
                Map.of("field", "after", "oldest", Cursor.of(oldest)));
    }
}
