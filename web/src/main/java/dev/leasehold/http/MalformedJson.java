package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** The body is not one JSON document in UTF-8. */
final class MalformedJson extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names where it stops to be one; both count from 1, columns are bytes. */
    MalformedJson(int line, int column) {
        super(
                Kind.MALFORMED,
                "malformed_json",
                "the body is not a JSON document in UTF-8: line " + line + ", column " + column,
                Map.of("line", line, "column", column));
    }
}
