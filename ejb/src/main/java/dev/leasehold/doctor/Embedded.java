package dev.leasehold.doctor;

import java.util.List;
import java.util.Optional;

/** What there is to say of H2. */
final class Embedded {

    private Embedded() {}

    static Finding version(String version) {
        return Finding.ok(Code.SERVER_VERSION, "H2 " + version, new Detail().put("version", version));
    }

    static List<Finding> file(Optional<Long> bytes) {
        String seen = bytes.map(size -> "the file has " + Words.count(size) + " bytes")
                .orElse("the database is in memory only");
        return List.of(
                Finding.ok(Code.FILE_SIZE, seen, new Detail().put("bytes", bytes.orElse(null))),
                Finding.ok(Code.ONE_PROCESS, "this process has the database for itself", new Detail()));
    }

    static Finding delay(int millis) {
        return Finding.of(
                Code.WRITE_DELAY,
                millis == 0 ? Severity.OK : Severity.CRITICAL,
                "commits are on disk after " + millis + " ms at most",
                new Detail().put("millis", millis),
                "set write_delay 0;");
    }
}
