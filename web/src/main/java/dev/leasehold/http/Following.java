package dev.leasehold.http;

import dev.leasehold.sql.EventRow;
import dev.leasehold.tenant.Caller;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Where somebody who follows events stands. Those who stand at the same place read the same. */
sealed interface Following permits FollowingFeed, FollowingRun {

    /** So many events are read at once. */
    int MOST = 100;

    /** No event is added to so many characters: what one reader holds in memory is bounded. */
    int ENOUGH = 256 * 1024;

    /**
     * What comes next.
     *
     * @param text the events, ready to be sent; empty when there are none
     * @param next where it leads
     * @param more whether it is worth while to read on at once
     */
    record Part(String text, Following next, boolean more) {}

    /** Whose events. */
    Caller caller();

    /** The place as the reader is told it, and names it when it comes back. */
    String mark();

    /** Reads on from here, within a transaction. */
    Part read(EventReading events);

    /** What comes behind a place where nothing has happened. */
    static Part nothing(Following place) {
        return new Part("", place, false);
    }

    /**
     * Events in the form of server-sent ones.
     *
     * @param text the events, each with the id by which its reader goes on behind it
     * @param count how many of them there was room for
     */
    record Lines(String text, int count) {

        private static final Pattern LINE = Pattern.compile("\r\n|\r|\n");

        /** The first of those events, as many as are enough. */
        static Lines of(List<EventRow> events, Function<EventRow, String> id) {
            StringBuilder text = new StringBuilder();
            int count = 0;
            while (count < events.size() && text.length() < ENOUGH) {
                EventRow event = events.get(count++);
                String json = new String(Json.write(EventView.of(event)), StandardCharsets.UTF_8);
                text.append("id: ").append(id.apply(event));
                text.append("\ndata: ").append(LINE.matcher(json).replaceAll("\ndata: "));
                text.append("\n\n");
            }
            return new Lines(text.toString(), count);
        }
    }
}
