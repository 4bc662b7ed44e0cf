package dev.leasehold.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The server refused a request, or could not be asked. The words are the server's own (http.md, decisions 8); those that
 * this library adds are {@value #UNREACHABLE}, {@value #INTERRUPTED} and {@value #UNREADABLE}.
 */
public final class LeaseholdException extends RuntimeException {

    /** No connection, or no answer within the time allowed. */
    public static final String UNREACHABLE = "unreachable";

    /** The calling thread was interrupted while it waited for an answer. */
    public static final String INTERRUPTED = "interrupted";

    /** The answer is not what the API answers: something else listens under that address. */
    public static final String UNREADABLE = "unreadable_answer";

    private final int status;
    private final String code;
    private final JsonNode details;
    private final @Nullable Duration retryAfter;

    LeaseholdException(int status, String code, String message, JsonNode details, @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.code = code;
        this.details = details;
        this.retryAfter = retryAfter;
    }

    LeaseholdException(int status, String code, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.details = JsonNodeFactory.instance.objectNode();
        this.retryAfter = null;
    }

    /** The HTTP status, 400 to 599; 0 when there was no answer; that of the answer when it was unreadable. */
    public int status() {
        return status;
    }

    /** The word that programs compare, such as {@code run_not_found}. */
    public String code() {
        return code;
    }

    /** The sentence that people read. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** What it is about, such as {@code field} and {@code reason}; an object, empty when the server gave none. */
    public JsonNode details() {
        return details;
    }

    /** How long the server wants to be left alone, by its {@code Retry-After}; null when it did not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the same request may succeed later without being changed: no answer, 429, 502, 503 or 504. */
    public boolean transientFailure() {
        return switch (status) {
            case 0 -> !code.equals(INTERRUPTED);
            case 429, 502, 503, 504 -> true;
            default -> false;
        };
    }
}
