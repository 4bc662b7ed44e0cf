package dev.leasehold.letter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a dead letter stands. */
public enum LetterStatus {
    /** Nobody has decided anything, or what was decided did not help. */
    OPEN,
    /** It is to be retried. */
    RETRY_REQUESTED,
    /** It is being retried: a retry is under way, or waits for its instant. */
    RETRYING,
    /** Every retry failed. */
    EXHAUSTED,
    /** Somebody wants nothing done about it. */
    IGNORED,
    /** What failed was done after all, or somebody says that it was. */
    RESOLVED;

    /** Its word on the wire and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the queue goes on with it by itself. */
    public boolean automatic() {
        return this == RETRY_REQUESTED || this == RETRYING;
    }

    /** Whether nothing is left to be decided. */
    public boolean settled() {
        return this == IGNORED || this == RESOLVED;
    }

    /** The words of those that leave nothing to be decided. */
    public static List<String> settledWords() {
        return Arrays.stream(values())
                .filter(LetterStatus::settled)
                .map(LetterStatus::word)
                .toList();
    }

    /** The status of that word. */
    public static Optional<LetterStatus> ofWord(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    static LetterStatus of(String stored) {
        return ofWord(stored).orElseThrow(() -> new IllegalStateException("no status " + stored));
    }
}
