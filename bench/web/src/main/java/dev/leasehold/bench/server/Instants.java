package dev.leasehold.bench.server;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** When tasks were committed, their handlers began, and were told to stop, by the machine's steady clock, which all its processes share. */
@ApplicationScoped
public class Instants {

    private final Map<UUID, Long> committed = new ConcurrentHashMap<>();
    private final Map<UUID, Long> begun = new ConcurrentHashMap<>();
    private final Map<UUID, Long> stopped = new ConcurrentHashMap<>();

    void committed(UUID task) {
        committed.put(task, System.nanoTime());
    }

    void begun(UUID task) {
        begun.put(task, System.nanoTime());
    }

    void stopped(UUID task) {
        stopped.put(task, System.nanoTime());
    }

    /** Of tasks that were submitted here, on their own. */
    Map<UUID, Long> committed() {
        return committed;
    }

    /** Of tasks that were handled here. */
    Map<UUID, Long> begun() {
        return begun;
    }

    /** Of tasks whose handlers saw here that they should stop. */
    Map<UUID, Long> stopped() {
        return stopped;
    }
}
