package dev.leasehold.http;

import dev.leasehold.event.CursorExpired;
import dev.leasehold.event.InvalidCursor;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.settings.Settings;
import dev.leasehold.time.Stopwatch;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves those who follow events, without a thread each: a few times a second one look at all of them together says for
 * whom there is something, and few threads send it to those in turn, part by part.
 */
@ApplicationScoped
public class EventStreams {

    private static final System.Logger LOG = System.getLogger(EventStreams.class.getName());
    private static final long LOOK_MILLIS = 200;

    /** Not the executor of handlers, which they may occupy for long. */
    @Resource
    ManagedScheduledExecutorService executor;

    @Inject
    Settings settings;

    @Inject
    EventReading reading;

    private final Stopwatch uptime = new Stopwatch(null);
    private final SharedReading parts =
            new SharedReading(place -> reading.read(place), places -> reading.moved(places));
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final StreamTurns turns = new StreamTurns(this::handOver, this::serve);
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Future<?> looks;
    private volatile boolean closed;

    /** Ends all: the application ends. */
    @PreDestroy
    void end() {
        closed = true;
        Future<?> last = looks;
        if (last != null) {
            last.cancel(false);
        }
        streams.forEach(EventStream::end);
    }

    /**
     * Serves a reader from there on.
     *
     * @throws TooManyWaiting when it would be one too many
     * @throws InvalidCursor when the place is ahead of the feed
     */
    void follow(Following place, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (count.incrementAndGet() > settings.maxWaitingPolls()) {
            count.decrementAndGet();
            throw new TooManyWaiting(settings.maxWaitingPolls());
        }
        boolean begun = false;
        try {
            Following.Part first = reading.read(place);
            StreamConnection connection = StreamConnection.open(request, response);
            LongSupplier nanos = () -> uptime.elapsed().toNanos();
            EventStream stream = new EventStream(
                    over -> connection.output(over, nanos),
                    place,
                    settings.slowReader(),
                    ended -> leave(ended, connection),
                    nanos);
            begun = true;
            enter(stream, connection, first);
        } finally {
            if (!begun) {
                count.decrementAndGet();
            }
        }
    }

    private void enter(EventStream stream, StreamConnection connection, Following.Part first) {
        boolean entered = false;
        try {
            stream.take();
            connection.begin(stream);
            streams.add(stream);
            lookLater();
            stream.open(first, () -> goOn(stream, first.more()));
            entered = !closed && !stream.isOver();
        } finally {
            if (!entered) {
                stream.end();
                streams.remove(stream);
            }
        }
    }

    private void leave(EventStream stream, StreamConnection connection) {
        streams.remove(stream);
        count.decrementAndGet();
        connection.complete();
    }

    /** Looks again and again until nobody follows; a look that the server leaves out while it is suspended is followed by the next. */
    private void lookLater() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            looks = executor.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            looking.set(false);
            LOG.log(closed ? Level.DEBUG : Level.WARNING, "the server''s executor takes no more work", e);
        }
    }

    private boolean handOver(Runnable work) {
        try {
            executor.execute(work);
            return true;
        } catch (RuntimeException e) {
            LOG.log(closed ? Level.DEBUG : Level.WARNING, "the server''s executor takes no more work", e);
            return false;
        }
    }

    private void look() {
        streams.forEach(EventStream::hurry);
        parts.forget();
        List<EventStream> idle =
                streams.stream().filter(stream -> !stream.isTaken()).toList();
        Set<Following> moved = parts.moved(idle.stream().map(EventStream::place).toList());
        idle.stream()
                .filter(stream -> moved.contains(stream.place()) || stream.isSilent())
                .filter(EventStream::take)
                .forEach(stream -> turns.goOn(stream, true));
        turns.call();
    }

    private void goOn(EventStream stream, boolean more) {
        turns.goOn(stream, more && streams.contains(stream));
    }

    /** Sends a stream that was taken what there is for it. */
    private void serve(EventStream stream) {
        if (closed || !streams.contains(stream)) {
            stream.putBack();
            return;
        }
        try {
            Following.Part part = parts.read(stream.place());
            stream.send(part, () -> goOn(stream, part.more()));
        } catch (RunNotFound | InvalidCursor | CursorExpired e) {
            stream.end();
        }
    }
}
