package dev.leasehold.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an operator may choose for a run that does not go on by itself (tandem 6.6). */
enum RecoveryChoice {
    /** The run goes on as it stands: it is resumed, let go, tried now or run again. */
    RESUME_FROM_CHECKPOINT("run_order", false, "resume"),
    /** Its dead letter is retried. */
    RETRY_FAILED_EFFECT("automatic_retry_dispatch", true, "retry_dead_letter"),
    /** Its dead letter is ignored. */
    ABANDON_WITH_AUDIT("audit_disposition_only", false, "ignore_dead_letter");

    private final String mode;
    private final boolean automatic;
    private final String alias;

    RecoveryChoice(String mode, boolean automatic, String alias) {
        this.mode = mode;
        this.automatic = automatic;
        this.alias = alias;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How it is carried out. */
    String mode() {
        return mode;
    }

    /** Whether the queue goes on with it by itself. */
    boolean automatic() {
        return automatic;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(RecoveryChoice::word).toList();
    }

    static Optional<RecoveryChoice> of(String word) {
        return Arrays.stream(values())
                .filter(choice -> choice.word().equals(word) || choice.alias.equals(word))
                .findFirst();
    }
}
