package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** Somebody wants to go on behind an event that the run does not have yet: whoever gave the number had another history. */
final class ResumeCursorAhead extends Fault {

    private static final long serialVersionUID = 1L;

    ResumeCursorAhead(int after, int head) {
        super(
                Kind.MALFORMED,
                "resume_cursor_ahead_of_history",
                "the run has " + head + " events; none can be followed behind " + after,
                Map.of("head_seq", head));
    }
}
