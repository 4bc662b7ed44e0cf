package dev.leasehold.http;

import dev.leasehold.event.InvalidCursor;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Causes;
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
import java.util.Map;
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
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final StreamTurns turns = new StreamTurns(this::handOver, this::serve);
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean looking = new AtomicBoolean();
    /** What was read since the last look began: those who stand at one place share it. */
    private volatile Map<Following, Following.Part> parts = new ConcurrentHashMap<>();

    private volatile String trouble = "";
    private volatile @Nullable Future<?> nextLook;
    private volatile boolean closed;

    /** Ends all: the application ends. */
    @PreDestroy
    void end() {
        closed = true;
        Future<?> next = nextLook;
        if (next != null) {
            next.cancel(false);
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
        stream.take();
        streams.add(stream);
        connection.begin(stream);
        if (looking.compareAndSet(false, true)) {
            lookLater();
        }
        stream.open(first, () -> goOn(stream, first.more()));
        if (closed) {
            stream.end();
        }
    }

    private void leave(EventStream stream, StreamConnection connection) {
        if (streams.remove(stream)) {
            count.decrementAndGet();
        }
        connection.complete();
    }

    private void lookLater() {
        try {
            nextLook = executor.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
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
        try {
            lookAtAll();
            trouble = "";
        } catch (Throwable e) {
            report(e);
        }
        looking.set(false);
        if (!streams.isEmpty() && looking.compareAndSet(false, true)) {
            lookLater();
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

    private void lookAtAll() {
        streams.forEach(EventStream::hurry);
        List<EventStream> idle =
                streams.stream().filter(stream -> !stream.isTaken()).toList();
        Set<Following> moved =
                reading.moved(idle.stream().map(EventStream::place).toList());
        parts = new ConcurrentHashMap<>();
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
        try {
            Following.Part part = parts.computeIfAbsent(stream.place(), reading::read);
            stream.send(part, () -> goOn(stream, part.more()));
        } catch (RunNotFound | InvalidCursor e) {
            stream.end();
        } catch (Throwable e) {
            report(e);
            stream.putBack();
        }
    }
}
