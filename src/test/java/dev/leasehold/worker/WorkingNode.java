package dev.leasehold.worker;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.node.Node;
import dev.leasehold.run.RunState;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Database;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A node whose dispatcher works, with one handler that waits until it is let go. */
public final class WorkingNode implements AutoCloseable {

    private static final String TYPE = "order";

    /** Its database, its clock and its beans. */
    public final Fixture queue = new Fixture(Database.H2);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ManagedExecutorService executor = (ManagedExecutorService) Proxy.newProxyInstance(
            ManagedExecutorService.class.getClassLoader(),
            new Class<?>[] {ManagedExecutorService.class},
            (proxy, method, arguments) -> method.invoke(threads, arguments));
    private final CountDownLatch gate = new CountDownLatch(1);

    /** What the handler does. */
    @FunctionalInterface
    public interface Work {
        /** The same as a handler's. */
        Outcome run(Attempt attempt) throws Exception;
    }

    /** A node with these settings, whose handler does that. */
    public WorkingNode(Map<String, String> settings, Work work) {
        queue.put(Node.class, new Fixture.ActiveNode() {
            @Override
            public ManagedExecutorService executor() {
                return executor;
            }
        });
        queue.put(Settings.class, new Settings(settings::get));
        queue.put(HandlerExtension.class, new OneHandler(TYPE, HandlerTransaction.NONE, work::run));
        dispatcher().begin();
    }

    /** The bean that calls its threads in. */
    public Dispatcher dispatcher() {
        return queue.get(Dispatcher.class);
    }

    /** Waits in a handler, whatever interrupts it. */
    public void hang() {
        boolean open = false;
        while (!open) {
            try {
                open = gate.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                open = false;
            }
        }
    }

    /** Lets all handlers go that hang. */
    public void letGo() {
        gate.countDown();
    }

    /** Submits a run with that description. */
    public UUID run(String description) {
        UUID run = queue.run(NewTask.of(TYPE).metadata(new NewTask.Metadata(null, null, description)));
        dispatcher().wake();
        return run;
    }

    /** Waits until the run is in that state. */
    public void await(UUID run, RunState state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> queue.row(run).state() == state);
    }

    @Override
    public void close() {
        letGo();
        dispatcher().close();
        dispatcher().emptied(Duration.ofSeconds(30));
        threads.shutdownNow();
        try (queue) {
            queue.verify();
        }
    }
}
