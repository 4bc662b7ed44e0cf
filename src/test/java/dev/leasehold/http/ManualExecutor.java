package dev.leasehold.http;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An executor that does nothing before it is told to, so that a test decides what happens between. */
final class ManualExecutor {

    final ManagedScheduledExecutorService service = (ManagedScheduledExecutorService) Proxy.newProxyInstance(
            ManualExecutor.class.getClassLoader(),
            new Class<?>[] {ManagedScheduledExecutorService.class},
            (proxy, method, arguments) -> called(method, (Runnable) arguments[0]));

    /** Work that was handed over and not done yet. */
    final Deque<Runnable> handed = new ArrayDeque<>();

    /** What is to be done when a time is over, in the order in which it was planned. */
    final List<Runnable> planned = new ArrayList<>();

    /** Whether it takes no more work. */
    boolean full;

    private Object called(Method method, Runnable work) {
        if (full) {
            throw new RejectedExecutionException("full");
        }
        return switch (method.getName()) {
            case "execute" -> {
                handed.add(work);
                yield null;
            }
            case "schedule", "scheduleWithFixedDelay" -> {
                planned.add(work);
                yield new Planned(work);
            }
            default -> throw new AssertionError("nobody may call " + method);
        };
    }

    /** Does what was handed over, and what comes of it. */
    void run() {
        for (Runnable work = handed.poll(); work != null; work = handed.poll()) {
            work.run();
        }
    }

    private static final class Planned extends FutureTask<Void> implements ScheduledFuture<Void> {
        Planned(Runnable work) {
            super(work, null);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
