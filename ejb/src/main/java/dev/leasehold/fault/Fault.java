package dev.leasehold.fault;

import jakarta.ejb.ApplicationException;
import java.util.Map;

/**
 * A refusal. Thrown before anything is written, or carried as the value of a refused item; it never marks the caller's
 * transaction for rollback (decisions 4).
 */
@ApplicationException(inherited = true, rollback = false)
public abstract class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What sort of refusal it is; whoever talks to the outside maps each to its own word. */
    public enum Kind {
        /** The request cannot be read. */
        MALFORMED,
        /** Nothing under that name, or nothing that the caller may see. */
        NOT_FOUND,
        /** Nothing answers to that verb here. */
        NOT_ALLOWED,
        /** A body of a type that is not understood. */
        UNSUPPORTED_MEDIA,
        /** No representation that the caller accepts. */
        NOT_ACCEPTABLE,
        /** Understood and refused as it stands. */
        INVALID,
        /** It was there, and was removed. */
        GONE,
        /** Refused because of what is there already. */
        CONFLICT,
        /** More than may be sent. */
        TOO_LARGE,
        /** The caller may not ask. */
        FORBIDDEN,
        /** More at once than is served; later perhaps. */
        TOO_MANY,
        /** Not now; nothing was changed. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final String code;
    private final transient Map<String, Object> details;

    /**
     * A refusal.
     *
     * @param kind its sort
     * @param code the word that programs compare, snake_case
     * @param message the sentence that people read
     * @param details what it is about; JSON values by member name
     */
    protected Fault(Kind kind, String code, String message, Map<String, Object> details) {
        super(message, null, false, false);
        this.kind = kind;
        this.code = code;
        this.details = Map.copyOf(details);
    }

    /** Its sort. */
    public Kind kind() {
        return kind;
    }

    /** The word that programs compare. */
    public String code() {
        return code;
    }

    /** The sentence that people read. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** What it is about. */
    public Map<String, Object> details() {
        return details;
    }
}
