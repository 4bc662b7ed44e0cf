package dev.leasehold.event;

import dev.leasehold.run.Step;
import dev.leasehold.run.Transition;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What events are called; the list is closed (decisions 4). An event is named for the last step that it holds. */
public enum EventType {
    RUN_SUBMITTED(Transition.SUBMIT),
    RUN_PROMOTED(Transition.PROMOTE),
    RUN_LEASED(Transition.LEASE),
    RUN_STARTED(Transition.START),
    ATTEMPT_FINISHED(Transition.COMPLETE, Transition.FAIL, Transition.RETRY, Transition.SUSPEND),
    LEASE_EXPIRED(Transition.RELEASE, Transition.FAIL, Transition.RETRY),
    LEASE_RELEASED(Transition.RELEASE),
    RUN_RESUMED(Transition.RESUME),
    RUN_CANCELED(Transition.CANCEL),
    RUN_PRIORITY_CHANGED,
    RUN_HELD,
    RUN_UNHELD,
    RUN_MOVED,
    WAIT_OPENED,
    WAIT_COMPLETED,
    SIGNAL_RECEIVED(Transition.RESUME),
    NOTE_APPENDED;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<Transition> last = EnumSet.noneOf(Transition.class);

    private final String word = name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");

    EventType(Transition... last) {
        this.last.addAll(Arrays.asList(last));
    }

    /** The name that events are stored and shown under: {@code run.priority_changed}. */
    public String word() {
        return word;
    }

    /** The type of that name, if there is one. */
    public static Optional<EventType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    /** Whether an event of this name may hold no step: not every signal has its run go on. */
    boolean standsStill() {
        return last.isEmpty() || this == SIGNAL_RECEIVED;
    }

    boolean endsWith(Step step) {
        return last.stream().anyMatch(verb -> verb.steps().contains(step));
    }
}
