package dev.leasehold.run;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often a walk had each kind of command carried out, and how often refused. */
public final class Tally {

    /** What a walk asks for. */
    public enum Ask {
        SUBMIT,
        CLAIM,
        START,
        RENEW,
        FINISH,
        SNOOZE,
        RELEASE,
        CANCEL,
        RESUME,
        HOLD,
        UNHOLD,
        PRIORITY,
        RUN_NOW,
        RESCHEDULE,
        MOVE,
        RERUN,
        NOTE,
        CANCEL_TASK,
        PAUSE_TASK,
        RESUME_TASK,
        FIRE,
        SCHEDULE,
        LIMIT_KEY,
        LIMIT_QUEUE,
        LIMIT_TYPE,
        CLEAR_LIMIT,
        RATE,
        PAUSE_QUEUE,
        RESUME_QUEUE
    }

    private final Map<Ask, AtomicIntegerArray> counts = new EnumMap<>(Ask.class);

    public Tally() {
        Stream.of(Ask.values()).forEach(ask -> counts.put(ask, new AtomicIntegerArray(2)));
    }

    /** One was carried out, or refused. */
    public void count(Ask ask, boolean done) {
        counts.get(ask).incrementAndGet(done ? 0 : 1);
    }

    /**
     * What was never carried out, and what was never refused.
     *
     * @param neverRefused what nobody can refuse
     */
    public List<String> missing(Collection<Ask> neverRefused) {
        return counts.entrySet().stream()
                .flatMap(one -> Stream.of(
                        one.getValue().get(0) > 0 ? "" : one.getKey() + " was never carried out",
                        one.getValue().get(1) > 0 || neverRefused.contains(one.getKey())
                                ? ""
                                : one.getKey() + " was never refused"))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Each with how often it was carried out and refused. */
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue().get(0) + "/"
                        + one.getValue().get(1))
                .collect(Collectors.joining(", "));
    }
}
