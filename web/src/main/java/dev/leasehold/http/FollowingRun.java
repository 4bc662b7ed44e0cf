package dev.leasehold.http;

import dev.leasehold.event.History;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.EventStatement;
import dev.leasehold.tenant.Caller;
import java.util.List;
import java.util.UUID;

/**
 * A place in a run's history.
 *
 * @param after behind the event of that number
 */
record FollowingRun(Caller caller, UUID run, int after) implements Following {

    @Override
    public String mark() {
        return String.valueOf(after);
    }

    @Override
    public Part read(EventReading events) {
        History.Page page = events.history.oldest(caller, run, new EventStatement.Part(after, Integer.MAX_VALUE, MOST));
        List<EventRow> rows = page.events();
        Lines lines = Lines.of(rows, event -> String.valueOf(event.version()));
        int last = lines.count() == 0 ? after : rows.get(lines.count() - 1).version();
        return new Part(
                lines.text(), new FollowingRun(caller, run, last), page.hasMore() || lines.count() < rows.size());
    }
}
