package dev.leasehold.server;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Clients that submit through two nodes, half of them first to one, half to the other. What a node does not answer they
 * submit under the same id to the other node.
 */
final class Clients implements AutoCloseable {

    private static final int CLIENTS = 8;

    private final List<Api> nodes;
    private final UnaryOperator<String> task;
    private final Semaphore allowed = new Semaphore(0);
    private final AtomicInteger repeated = new AtomicInteger();
    private final ConcurrentLinkedQueue<UUID> accepted = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final CompletableFuture<?> all;

    /**
     * Clients that have nothing to submit yet.
     *
     * @param nodes two
     * @param task a task by its id
     * @param each how many each client will submit in all
     */
    Clients(List<Api> nodes, UnaryOperator<String> task, int each) {
        this.nodes = nodes;
        this.task = task;
        this.all = CompletableFuture.allOf(IntStream.range(0, CLIENTS)
                .mapToObj(client -> CompletableFuture.runAsync(() -> work(client, each), threads))
                .toArray(CompletableFuture[]::new));
    }

    /** Lets them submit that many more. */
    void allow(int tasks) {
        allowed.release(tasks);
    }

    /** How many tasks were accepted so far. */
    int accepted() {
        return accepted.size();
    }

    /** The tasks, once all are accepted. */
    List<UUID> tasks() {
        all.join();
        return List.copyOf(accepted);
    }

    /** How often a node gave no answer and the other was asked. */
    int repeated() {
        return repeated.get();
    }

    private void work(int client, int each) {
        for (int i = 0; i < each; i++) {
            take();
            UUID id = UUID.randomUUID();
            int node = client % 2;
            while (!submitted(nodes.get(node), id)) {
                repeated.incrementAndGet();
                node = 1 - node;
            }
            accepted.add(id);
        }
    }

    private void take() {
        try {
            allowed.acquire();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** False when the node is not there: it refuses the connection, breaks it, or has no application yet. */
    private boolean submitted(Api node, UUID id) {
        try {
            Api.Answer answer = node.post("api/v1/tasks", task.apply(id.toString()));
            return switch (answer.status()) {
                case 200, 201 -> true;
                case 404, 503 -> false;
                default ->
                    throw new IllegalStateException(
                            answer.status() + " " + answer.raw().body());
            };
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
