package dev.leasehold.http;

import dev.leasehold.event.CursorExpired;
import dev.leasehold.event.InvalidCursor;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.sql.Causes;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What those who follow events read: once for all who stand at one place. While the database does not answer there is
 * nothing new for anybody.
 */
final class SharedReading {

    private static final System.Logger LOG = System.getLogger(SharedReading.class.getName());

    private final Function<Following, Following.Part> reading;
    private final Function<Collection<Following>, Set<Following>> looking;
    private volatile Map<Following, Following.Part> parts = new ConcurrentHashMap<>();
    private volatile String trouble = "";

    /**
     * Nothing is read yet.
     *
     * @param reading what comes behind a place
     * @param looking behind which of the places something may have happened
     */
    SharedReading(
            Function<Following, Following.Part> reading, Function<Collection<Following>, Set<Following>> looking) {
        this.reading = reading;
        this.looking = looking;
    }

    /** What was read may be old by now. */
    void forget() {
        parts = new ConcurrentHashMap<>();
    }

    /** Those of the places behind which something may have happened. */
    Set<Following> moved(Collection<Following> places) {
        try {
            return looking.apply(places);
        } catch (Throwable e) {
            report(e);
            return Set.of();
        }
    }

    /**
     * What comes behind a place. Those who catch up stand at many places, and what they read is not kept.
     *
     * @throws RunNotFound when the run is not there any more
     * @throws InvalidCursor when the feed has not come so far
     */
    Following.Part read(Following place) {
        Following.Part known = parts.get(place);
        if (known != null) {
            return known;
        }
        try {
            Following.Part part = reading.apply(place);
            trouble = "";
            if (!part.more()) {
                parts.put(place, part);
            }
            return part;
        } catch (RunNotFound | InvalidCursor | CursorExpired e) {
            throw e;
        } catch (Throwable e) {
            report(e);
            return Following.nothing(place);
        }
    }

    /** Once for each cause, until all is well again. */
    private void report(Throwable failure) {
        String cause = Causes.root(failure);
        if (!cause.equals(trouble)) {
            trouble = cause;
            LOG.log(Level.WARNING, "events that are followed cannot be read: {0}", cause);
        }
    }
}
