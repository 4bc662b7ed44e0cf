package dev.leasehold.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Has few threads serve many readers in turn: where a reader who is slow holds one for a while, others remain, and the
 * executor is everybody's.
 */
final class StreamTurns {

    private static final int THREADS = 2;

    private final Queue<EventStream> due = new ConcurrentLinkedQueue<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final Predicate<Runnable> executor;
    private final Consumer<EventStream> service;

    /**
     * Turns of nobody yet.
     *
     * @param executor takes work, and says whether it did
     * @param service serves a stream, and has it {@linkplain #goOn go on} when that was taken
     */
    StreamTurns(Predicate<Runnable> executor, Consumer<EventStream> service) {
        this.executor = executor;
        this.service = service;
    }

    /** Has a stream that was taken served in its turn if there is more for it, else puts it back. */
    void goOn(EventStream stream, boolean more) {
        if (more) {
            due.add(stream);
            call();
        } else {
            stream.putBack();
        }
    }

    /** Sees to it that somebody serves those who are due, as far as the executor allows. */
    void call() {
        if (due.isEmpty()) {
            return;
        }
        boolean begun = false;
        try {
            begun = threads.incrementAndGet() <= THREADS && executor.test(this::serve);
        } finally {
            if (!begun) {
                threads.decrementAndGet();
            }
        }
    }

    private void serve() {
        try {
            EventStream stream = due.poll();
            if (stream != null) {
                service.accept(stream);
            }
        } finally {
            threads.decrementAndGet();
        }
        call();
    }
}
