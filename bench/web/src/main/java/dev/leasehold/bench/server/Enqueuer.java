package dev.leasehold.bench.server;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.TaskQueue;
import dev.leasehold.task.SubmitTasks;
import dev.leasehold.tenant.Caller;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** An application that submits tasks, each call in a transaction of its own. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Enqueuer {

    private static final NewTask TASK = NewTask.of("noop");

    @Resource
    ManagedThreadFactory threads;

    @Inject
    TaskQueue queue;

    @Inject
    SubmitTasks submit;

    @Inject
    Instants instants;

    /** That many tasks as fast as these threads can, by {@link TaskQueue} or, in batches, by the command. */
    public void enqueue(int tasks, int threads, int batch) throws InterruptedException, ExecutionException {
        AtomicLong left = new AtomicLong(tasks);
        Callable<Void> loop = () -> {
            long room = left.getAndAdd(-batch);
            while (room > 0) {
                enqueue((int) Math.min(room, batch));
                room = left.getAndAdd(-batch);
            }
            return null;
        };
        atOnce(Collections.nCopies(threads, loop));
    }

    /** The server's own executor starts more than a few threads only when its queue is full. */
    private void atOnce(List<Callable<Void>> loops) throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(loops.size(), threads);
        try {
            for (Future<Void> end : executor.invokeAll(loops)) {
                end.get();
            }
        } finally {
            executor.shutdown();
        }
    }

    private void enqueue(int tasks) {
        if (tasks == 1) {
            queue.submit(TASK);
        } else {
            submit.execute(Caller.application(), Collections.nCopies(tasks, TASK)).stream()
                    .filter(one -> one.refusal() != null)
                    .forEach(Enqueuer::refuse);
        }
    }

    private static void refuse(SubmitTasks.Submitted one) {
        throw new IllegalStateException(String.valueOf(one.refusal()));
    }

    /** That many tasks at that pace, and notes when each was committed. */
    public void pace(int tasks, int perSecond) throws InterruptedException, ExecutionException {
        Callable<Void> loop = () -> {
            long begin = System.nanoTime();
            for (int i = 0; i < tasks; i++) {
                long due = begin + TimeUnit.SECONDS.toNanos(i) / perSecond;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                instants.committed(queue.submit(TASK));
            }
            return null;
        };
        atOnce(List.of(loop));
    }
}
