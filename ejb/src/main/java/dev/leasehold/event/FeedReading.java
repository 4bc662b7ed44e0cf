package dev.leasehold.event;

import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.FeedStatement;
import dev.leasehold.sql.FeedStatement.Place;
import dev.leasehold.sql.FeedStatement.Span;
import dev.leasehold.sql.FeedStatement.Stretch;
import dev.leasehold.sql.FeedStatement.Wanted;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page in the making. PostgreSQL's index says in which blocks a span of positions lies, and not in which order, so
 * the feed is read in spans that grow while they hold little; how much of it one page may pass over is bounded.
 */
final class FeedReading {

    /**
     * What can be read.
     *
     * @param tenant whose events
     * @param after behind which place
     * @param horizon below which position
     */
    record Part(UUID tenant, Place after, long horizon) {}

    private static final long FIRST_WIDTH = 64;
    private static final int GROWTH = 4;
    private static final long MANY = 5_000;
    private static final long MOST_PASSED_OVER = 100_000;
    private static final UUID LAST_RUN = new UUID(-1, -1);

    private final FeedStatement statement;
    private final Connection connection;
    private final Part part;
    private final Wanted wanted;
    private final int limit;
    private final List<EventRow> rows = new ArrayList<>();

    private Place next;
    private @Nullable Instant behindNext;

    FeedReading(FeedStatement statement, Connection connection, Part part, Wanted wanted, int limit) {
        this.statement = statement;
        this.connection = connection;
        this.part = part;
        this.wanted = wanted;
        this.limit = limit;
        next = part.after();
    }

    Feed.Page page(Instant now) throws SQLException {
        boolean whole = wanted.ofRuns() ? takeAtOnce() : takeBySpans();
        if (whole) {
            behindNext = statement
                    .heldBack(connection, part.tenant(), part.horizon())
                    .orElse(now);
        }
        boolean behind = behindNext != null && behindNext.isBefore(now);
        return new Feed.Page(List.copyOf(rows), next, behind ? Duration.between(behindNext, now) : Duration.ZERO);
    }

    /** The events of few runs are found by those runs, however far apart they stand. */
    private boolean takeAtOnce() throws SQLException {
        boolean whole = take(span(next.pos(), part.horizon()));
        if (whole) {
            passOverTheRest();
        }
        return whole;
    }

    /** Goes to the last event there is, looking for it from the horizon backwards. */
    private void passOverTheRest() throws SQLException {
        long from = part.horizon();
        for (long width = FIRST_WIDTH; from > next.pos(); width = wider(width)) {
            long to = from;
            from = Math.max(next.pos(), to - width);
            if (passOver(span(from, to)) > 0) {
                return;
            }
        }
    }

    private boolean takeBySpans() throws SQLException {
        long passed = 0;
        long from = next.pos();
        for (long width = FIRST_WIDTH; from < part.horizon() && passed < MOST_PASSED_OVER; ) {
            Span span = span(from, Math.min(part.horizon(), from + width));
            int before = rows.size();
            if (!take(span)) {
                return false;
            }
            long held = wanted.type() == null ? rows.size() - before : passOver(span);
            from = span.to();
            passed += held;
            width = held > MANY ? width : wider(width);
        }
        return from >= part.horizon();
    }

    private static long wider(long width) {
        return Math.min(Long.MAX_VALUE / GROWTH / GROWTH, width * GROWTH);
    }

    private Span span(long from, long to) {
        return new Span(part.tenant(), from, to);
    }

    /** Takes what is wanted of a span; answers whether that was all of it. */
    private boolean take(Span span) throws SQLException {
        int room = limit - rows.size();
        List<EventRow> found = statement.read(connection, span, next, wanted, room + 1);
        rows.addAll(found.subList(0, Math.min(room, found.size())));
        if (!found.isEmpty() && room > 0) {
            EventRow last = rows.get(rows.size() - 1);
            next = new Place(last.pos(), last.runId(), last.version());
        }
        if (found.size() > room) {
            behindNext = found.get(room).occurredAt();
            return false;
        }
        return true;
    }

    /** Never beyond an event: a position that none has may be given anew after a restore. */
    private long passOver(Span span) throws SQLException {
        Stretch stretch = statement.stretch(connection, span);
        if (stretch.events() > 0) {
            next = new Place(stretch.lastPos(), LAST_RUN, Integer.MAX_VALUE);
            behindNext = stretch.lastAt();
        }
        return stretch.events();
    }
}
