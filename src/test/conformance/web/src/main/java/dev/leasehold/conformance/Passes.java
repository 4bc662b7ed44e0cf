package dev.leasehold.conformance;

import dev.leasehold.timer.Duties;
import dev.leasehold.timer.Duty;
import dev.leasehold.worker.Dispatcher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Does by request what timers and threads do by themselves in the product, with the same beans; one at a time. */
@ApplicationScoped
public class Passes {

    private static final int MOST = 10_000;

    @Inject
    Duties duties;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Gate gate;

    @Inject
    Store store;

    @Inject
    OrderMoves orders;

    /** Up to where ends of attempts were reported: one that came between two ticks belongs to the second. */
    private long seen = Long.MAX_VALUE;

    /** One pass of the components, in their order: what happened, and how many each moved. */
    synchronized Map<String, Object> tick(List<Component> components) throws SQLException {
        long before = store.position();
        long reported = Math.min(seen, before);
        Map<String, Integer> moved = new LinkedHashMap<>();
        for (Component component : components) {
            moved.put(component.word(), pass(component));
        }
        Map<String, Object> answer = store.since(before).json();
        answer.put("completed", store.since(reported).completed());
        seen = store.position();
        answer.put("expired", moved.getOrDefault(Component.EXPIRE.word(), 0));
        answer.put("engine_paused", orders.paused().isPresent());
        answer.put("components", moved);
        return answer;
    }

    private int pass(Component component) throws SQLException {
        int moved = component == Component.DISPATCH ? dispatch() : 0;
        for (Duty duty : component.duties()) {
            moved += duties.pass(duty);
        }
        return moved;
    }

    private int dispatch() {
        long before = store.position();
        gate.releaseStopped();
        if (!dispatcher.pass(gate::parked)) {
            throw Refused.busy();
        }
        return (int) store.since(before).dispatched();
    }

    /** Passes of all until one changes nothing. */
    synchronized Map<String, Object> idle() throws SQLException {
        long before = store.position();
        long reported = Math.min(seen, before);
        int ticks = 0;
        long last;
        do {
            last = store.position();
            tick(List.of(Component.values()));
            ticks++;
        } while (store.position() != last && ticks < MOST);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ticks", ticks);
        answer.put("dispatched", store.since(before).dispatched());
        answer.put("completed", store.since(reported).completed());
        return answer;
    }

    /** Lets every handler end, without beginning anything. */
    synchronized void rest() {
        gate.release(null);
        if (!dispatcher.settled(() -> 0)) {
            throw Refused.busy();
        }
    }
}
