package dev.leasehold.wait;

import dev.leasehold.api.OnTimeout;
import dev.leasehold.run.Cancellation;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Transition;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.SignalRow;
import dev.leasehold.sql.WaitRow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of a run and of its waits when one of them ends or takes too long (tandem 5.1). */
final class WaitEffects {

    /**
     * What comes of it.
     *
     * @param row the wait as it stands afterwards
     * @param change the change of its run, with the one event that says so
     * @param late why it leaves a dead letter; null when it leaves none
     */
    record Effect(WaitRow row, Change change, @Nullable String late) {
        static Effect of(WaitRow row, Change change) {
            return new Effect(row, change, null);
        }

        Effect leaving(String why) {
            return new Effect(row, change, why);
        }
    }

    /** What somebody resolves a wait with. */
    record Answer(
            String key, @Nullable String payload, @Nullable String reason) {}

    private static final String COMPLETED = "wait.completed";

    private WaitEffects() {}

    /** When something has to be done about it; null for never. */
    static @Nullable Instant dueAt(WaitRow wait) {
        if (WaitStatus.of(wait.status()) != WaitStatus.WAITING) {
            return null;
        }
        return Stream.of(
                        wait.wakeAt(),
                        wait.timeout() == null ? null : wait.timeout().at())
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** Ends a wait that somebody resolved; its run goes on when nothing else blocks it. */
    static Effect resolved(LockedRun run, List<WaitRow> all, WaitRow wait, Answer answer, Instant now) {
        WaitRow.End end = new WaitRow.End(next(run), answer.key(), answer.payload(), now);
        return woken(run, all, wait.status(WaitStatus.WOKEN.word(), false, end, now), "resolved", answer.reason());
    }

    /** Ends a wait by the signal that it was for; the event is the signal's, and says what it ended. */
    static Effect signalled(LockedRun run, List<WaitRow> all, WaitRow wait, SignalRow signal, Instant now) {
        String key = "signal:" + signal.name() + ":" + signal.ordinal();
        return resolved(run, all, wait, new Answer(key, signal.payload(), null), now);
    }

    /** Does what is due of a wait: where both are, what takes too long by then counts before the instant that ends it. */
    static Effect due(LockedRun run, List<WaitRow> all, WaitRow wait, Instant now) {
        WaitRow.Timeout timeout = wait.timeout();
        Instant wakeAt = wait.wakeAt();
        return timeout != null
                        && !timeout.at().isAfter(now)
                        && (wakeAt == null || !timeout.at().isAfter(wakeAt))
                ? timedOut(run, all, wait, timeout, now)
                : woken(run, all, ended(run, wait, WaitStatus.WOKEN, "timer", now), "woken", null);
    }

    private static Effect timedOut(
            LockedRun run, List<WaitRow> all, WaitRow wait, WaitRow.Timeout timeout, Instant now) {
        OnTimeout action = OnTimeout.of(timeout.action());
        String key = "timeout:" + action.word();
        return switch (action) {
            case CANCEL -> {
                WaitRow ended = ended(run, wait, WaitStatus.CANCELLED, key, now);
                Change change = Cancellation.of(run, "wait " + wait.id() + " took too long");
                yield Effect.of(ended, change.data(data(wait, "timeout_cancelled")))
                        .leaving(late(wait, "its run was canceled"));
            }
            case RESUME -> woken(run, all, ended(run, wait, WaitStatus.WOKEN, key, now), "timeout_resumed", null);
            case ESCALATE ->
                stands(run, ended(run, wait, WaitStatus.ESCALATED, key, now), COMPLETED, "timeout_escalated")
                        .leaving(late(wait, escalated(timeout.escalateTo())));
            case REMIND -> remind(run, wait, timeout, now);
        };
    }

    private static Effect remind(LockedRun run, WaitRow wait, WaitRow.Timeout timeout, Instant now) {
        if (timeout.remindEvery() == null) {
            WaitRow ended = ended(run, wait, WaitStatus.TIMED_OUT, "timeout:remind", now);
            return stands(run, ended, COMPLETED, "timeout_reminded").leaving(late(wait, "its run stands still"));
        }
        WaitRow.Timeout later = new WaitRow.Timeout(
                now.plus(timeout.remindEvery()),
                timeout.action(),
                timeout.escalateTo(),
                timeout.remindEvery(),
                timeout.reminders() + 1,
                now);
        WaitRow reminded = wait.status(wait.status(), true, new WaitRow.End(next(run), null, null, null), now)
                .timeout(later);
        return stands(run, reminded, "note.appended", "timeout_reminded");
    }

    /** A run whose wait was passed over, as by an operator, is where it is for another reason. */
    private static Effect woken(
            LockedRun run, List<WaitRow> all, WaitRow ended, String outcome, @Nullable String reason) {
        boolean before = all.stream().anyMatch(one -> one.id().equals(ended.id()) && one.blocks());
        boolean others = all.stream().anyMatch(one -> !one.id().equals(ended.id()) && one.blocks());
        if (before && !others && RunState.of(run.state()) == RunState.SUSPENDED) {
            Change resumed =
                    Change.to(run, "run.resumed", Transition.RESUME.target().word(), reason);
            return Effect.of(ended, resumed.waits(false).data(data(ended, outcome)));
        }
        Change still = Change.to(run, COMPLETED, run.state(), reason).dueAt(run.dueAt());
        return Effect.of(ended, still.waits(others).data(data(ended, outcome)));
    }

    private static Effect stands(LockedRun run, WaitRow wait, String type, String outcome) {
        Change change = Change.to(run, type, run.state(), null).dueAt(run.dueAt());
        return Effect.of(wait, change.data(data(wait, outcome)));
    }

    /** As it stands when it ended by itself; a key made of the instant says so to whoever repeats it. */
    private static WaitRow ended(LockedRun run, WaitRow wait, WaitStatus status, String how, Instant now) {
        String key = how + ":" + wait.run() + ":" + Objects.requireNonNull(dueAt(wait));
        boolean blocks = status == WaitStatus.ESCALATED || status == WaitStatus.TIMED_OUT;
        return wait.status(status.word(), blocks, new WaitRow.End(next(run), key, null, now), now);
    }

    /** Whether its run went on because it took too long. */
    static boolean late(WaitRow wait) {
        String key = wait.end().key();
        return key != null && key.startsWith("timeout:" + OnTimeout.RESUME.word() + ":" + wait.run() + ":");
    }

    private static String late(WaitRow wait, String what) {
        return "wait " + wait.id() + " took too long: " + what;
    }

    private static String escalated(@Nullable String to) {
        return to == null ? "escalated" : "escalated to " + to;
    }

    private static int next(LockedRun run) {
        return run.tip().version() + 1;
    }

    /** What the event says of the wait. */
    static String data(WaitRow wait, String outcome) {
        String id = wait.id().replace("\\", "\\\\").replace("\"", "\\\"");
        return "{\"wait_id\":\"" + id + "\",\"wait_kind\":\"" + wait.kind() + "\",\"outcome\":\"" + outcome + "\"}";
    }

    /** What the event says of a signal, and of the wait that it ended. */
    static String data(SignalRow signal, @Nullable Change ending) {
        String text = "\"signal\":\"" + signal.name() + "\",\"ordinal\":" + signal.ordinal() + "}";
        String wait = ending == null ? null : ending.data();
        return wait == null ? "{" + text : wait.substring(0, wait.length() - 1) + "," + text;
    }
}
