package dev.leasehold.audit;

/** What operators' commands do, one word for each kind of effect. */
public enum EffectType {
    /** A run was called off. */
    RUN_CANCELED("run.canceled"),
    /** A suspended run goes on. */
    RUN_RESUMED("run.resumed"),
    /** A run is kept from being claimed. */
    RUN_HELD("run.held"),
    /** It no longer is. */
    RUN_UNHELD("run.unheld"),
    /** A ready run has another priority. */
    RUN_PRIORITY_CHANGED("run.priority_changed"),
    /** A run was made ready before its instant. */
    RUN_PROMOTED("run.promoted"),
    /** A run has another instant, or another queue. */
    RUN_MOVED("run.moved"),
    /** A run that had ended is done again. */
    RUN_RERUN("run.rerun"),
    /** Notes were written into a run's history. */
    NOTE_APPENDED("note.appended"),
    /** A run waits for something. */
    WAIT_OPENED("wait.opened"),
    /** What a run waited for has happened. */
    WAIT_RESOLVED("wait.resolved"),
    /** A dead letter is to be retried. */
    LETTER_RETRY_REQUESTED("dead_letter.retry_requested"),
    /** Nothing is to be done about a dead letter. */
    LETTER_IGNORED("dead_letter.ignored"),
    /** What a dead letter is about was dealt with. */
    LETTER_RESOLVED("dead_letter.resolved"),
    /** The runs that failed for a cause are done again. */
    FAILURE_RERUN("failure.rerun"),
    /** A task was called off. */
    TASK_CANCELED("task.canceled"),
    /** A task is paused. */
    TASK_PAUSED("task.paused"),
    /** It no longer is. */
    TASK_RESUMED("task.resumed"),
    /** A task got one more run. */
    TASK_FIRED("task.fired"),
    /** A task recurs by another policy. */
    TASK_RESCHEDULED("task.rescheduled"),
    /** A queue is paused, or all of them. */
    QUEUE_PAUSED("queue.paused"),
    /** It no longer is. */
    QUEUE_RESUMED("queue.resumed"),
    /** A key, a queue or a type has another limit. */
    LIMIT_SET("limit.set");

    private final String word;

    EffectType(String word) {
        this.word = word;
    }

    /** As records have it. */
    public String word() {
        return word;
    }

    /** The effect that a run's event of that type stands for. */
    public static EffectType of(String word) {
        for (EffectType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no effect of an operator: " + word);
    }
}
