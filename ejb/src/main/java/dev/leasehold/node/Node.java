package dev.leasehold.node;

import dev.leasehold.fault.Unavailable;
import dev.leasehold.sql.Statements;
import dev.leasehold.time.DatabaseClock;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where this node's start stands, and what it has opened. */
@ApplicationScoped
public class Node {

    /**
     * Why a node is not ready.
     *
     * @param status the word that {@code /ready} shows
     * @param message the sentence beside it
     */
    public record Hindrance(String status, String message) {}

    private record Opened(
            EntityManagerFactory factory,
            Statements statements,
            DataSource dataSource,
            ManagedExecutorService executor) {}

    @Inject
    @Leasehold
    DatabaseClock clock;

    private volatile @Nullable Opened opened;
    private volatile Hindrance start = new Hindrance("bootstrap_incomplete", "the start has not begun");
    private volatile boolean flushFailing;
    private volatile boolean draining;

    void waiting(String message) {
        start = new Hindrance("bootstrap_incomplete", message);
    }

    void refused(String message) {
        start = new Hindrance("config_invalid", message);
    }

    void opened(
            EntityManagerFactory factory,
            Statements statements,
            DataSource dataSource,
            ManagedExecutorService executor) {
        opened = new Opened(factory, statements, dataSource, executor);
    }

    void close() {
        Opened last = opened;
        opened = null;
        start = new Hindrance("bootstrap_incomplete", "the node is stopping");
        if (last != null) {
            last.factory().close();
        }
    }

    /** The end begins: what is being done may be finished, and nothing more is taken. */
    public void drain() {
        draining = true;
    }

    /** Tells whether the workers' results can be stored at the moment. */
    public void flushFailing(boolean failing) {
        flushFailing = failing;
    }

    /** What keeps the node from taking part, if anything does. */
    public Optional<Hindrance> hindrance() {
        if (opened == null) {
            return Optional.of(start);
        }
        if (draining) {
            return Optional.of(new Hindrance("draining", "the node is being taken down and finishes what it has"));
        }
        if (clock.behind()) {
            return Optional.of(new Hindrance("clock_behind", "time stands still until the database has caught up"));
        }
        return flushFailing
                ? Optional.of(new Hindrance("flush_failing", "finished attempts cannot be stored"))
                : Optional.empty();
    }

    /** Whether the start is complete and the end has not begun, whatever the clock says. */
    public boolean running() {
        return opened != null;
    }

    /** Whether the start is complete, the end has not begun, and time goes on: whether timers and workers may act. */
    public boolean active() {
        return opened != null && !draining && !clock.behind();
    }

    /**
     * The entity manager factory.
     *
     * @throws Unavailable before the start is complete
     */
    public EntityManagerFactory factory() {
        return open().factory();
    }

    /**
     * The statements of this node's database.
     *
     * @throws Unavailable before the start is complete
     */
    public Statements statements() {
        return open().statements();
    }

    /**
     * The executor whose threads handlers run on.
     *
     * @throws Unavailable before the start is complete
     */
    public ManagedExecutorService executor() {
        return open().executor();
    }

    DataSource dataSource() {
        return open().dataSource();
    }

    private Opened open() {
        Opened current = opened;
        if (current == null) {
            throw Unavailable.notReady(start.message());
        }
        return current;
    }
}
