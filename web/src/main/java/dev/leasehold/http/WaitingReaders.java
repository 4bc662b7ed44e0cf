package dev.leasehold.http;

import dev.leasehold.run.EndBell;
import dev.leasehold.run.RunKey;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.run.Runs;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers those who wait for runs to end, without a thread each: as soon as a commit on this node ended the run, and for
 * commits elsewhere after one look at all of them together from time to time.
 */
@ApplicationScoped
public class WaitingReaders {

    private static final System.Logger LOG = System.getLogger(WaitingReaders.class.getName());

    /** Not the executor of handlers, which they may occupy for long. */
    @Resource
    ManagedScheduledExecutorService executor;

    @Inject
    Settings settings;

    @Inject
    EndBell bell;

    @Inject
    Repeats repeats;

    @Inject
    Runs runs;

    @Inject
    RunDetails details;

    private final Set<RunReader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Future<?> nextLook;
    private volatile boolean closed;

    @PostConstruct
    void begin() {
        bell.listen(this::heard);
    }

    /** Answers everybody: the application ends. */
    @PreDestroy
    void end() {
        closed = true;
        Future<?> next = nextLook;
        if (next != null) {
            next.cancel(false);
        }
        readers.forEach(this::dismiss);
    }

    /**
     * Answers at once when the run has ended or nobody is to wait, else later.
     *
     * @throws RunNotFound when the caller's tenant has none of that id
     * @throws TooManyWaiting when it would be one too many
     */
    void serve(RunReader reader) {
        RunDetail detail = details.get(reader.caller(), reader.run());
        if (reader.patience().isZero() || detail.state().terminal()) {
            reader.answer(Json.write(detail));
            return;
        }
        enter(reader);
        look(List.of(reader));
        if (looking.compareAndSet(false, true)) {
            lookLater();
        }
    }

    private void enter(RunReader reader) {
        if (waiting.incrementAndGet() > settings.maxWaitingPolls()) {
            waiting.decrementAndGet();
            throw new TooManyWaiting(settings.maxWaitingPolls());
        }
        readers.add(reader);
        long micros = TimeUnit.MICROSECONDS.convert(reader.patience());
        try {
            reader.endsWith(executor.schedule(() -> dismiss(reader), micros, TimeUnit.MICROSECONDS));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "nobody can wait for runs: the server''s executor takes no more work", e);
            dismiss(reader);
        }
        if (closed) {
            dismiss(reader);
        }
    }

    private boolean leave(RunReader reader) {
        boolean left = readers.remove(reader);
        if (left) {
            waiting.decrementAndGet();
        }
        return left;
    }

    /** Answers it with the run as it is, if it still waits. */
    private void dismiss(RunReader reader) {
        if (leave(reader)) {
            try {
                reader.answer(Json.write(details.get(reader.caller(), reader.run())));
            } catch (Throwable e) {
                reader.answer(e);
            }
        }
    }

    /** On a committing thread: hands over. Where that fails the next look finds what ended. */
    private void heard(List<RunKey> ended) {
        if (readers.isEmpty()) {
            return;
        }
        Set<RunKey> keys = Set.copyOf(ended);
        List<RunReader> told =
                readers.stream().filter(reader -> keys.contains(reader.key())).toList();
        if (!told.isEmpty()) {
            try {
                executor.execute(() -> told.forEach(this::dismiss));
            } catch (RuntimeException e) {
                LOG.log(closed ? Level.DEBUG : Level.WARNING, "the server''s executor takes no more work", e);
            }
        }
    }

    private void lookLater() {
        try {
            nextLook = executor.schedule(this::lookAgain, settings.pollEvery().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            looking.set(false);
            LOG.log(closed ? Level.DEBUG : Level.WARNING, "the server''s executor takes no more work", e);
        }
    }

    private void lookAgain() {
        try {
            readers.stream().filter(RunReader::isGone).forEach(this::leave);
            look(readers);
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "nobody looked for runs that have ended", e);
        }
        looking.set(false);
        if (!readers.isEmpty() && looking.compareAndSet(false, true)) {
            lookLater();
        }
    }

    private void look(Collection<RunReader> some) {
        Map<Caller, List<RunReader>> byCaller = some.stream().collect(Collectors.groupingBy(RunReader::caller));
        byCaller.forEach((caller, those) -> {
            Set<UUID> ids = those.stream().map(RunReader::run).collect(Collectors.toSet());
            Set<UUID> ended = Set.copyOf(repeats.call(() -> runs.ended(caller, ids)));
            those.stream().filter(reader -> ended.contains(reader.run())).forEach(this::dismiss);
        });
    }
}
