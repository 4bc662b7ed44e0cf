package dev.leasehold.doctor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param code what
 * @param severity how bad it is
 * @param seen what was seen, a sentence with figures and units
 * @param detail the same for programs; durations as such, sizes in bytes
 * @param mend the statements, setting or command that mends it; null when there is nothing to mend, or nothing that would
 */
public record Finding(
        Code code,
        Severity severity,
        String seen,
        Map<String, Object> detail,
        @Nullable String mend) {

    static Finding ok(Code code, String seen, Detail detail) {
        return new Finding(code, Severity.OK, seen, detail.map(), null);
    }

    /** What is ok has nothing to mend. */
    static Finding of(Code code, Severity severity, String seen, Detail detail, @Nullable String mend) {
        return new Finding(code, severity, seen, detail.map(), severity == Severity.OK ? null : mend);
    }
}
