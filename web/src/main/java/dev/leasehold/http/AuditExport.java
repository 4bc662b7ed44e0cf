package dev.leasehold.http;

import dev.leasehold.sql.AuditRow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the audit as lines of JSON, and a last one with their number and the last one's digest. */
final class AuditExport {

    private record Manifest(
            String type,
            long recordCount,
            long lastSeq,
            @Nullable String rootHash) {}

    private final OutputStream out;
    private long count;
    private long lastSeq;
    private @Nullable String rootHash;

    AuditExport(OutputStream out) {
        this.out = out;
    }

    void line(String line, AuditRow row) {
        write(line.getBytes(StandardCharsets.UTF_8));
        count++;
        lastSeq = row.seq();
        rootHash = row.recordHash();
    }

    void end() {
        write(Json.write(new Manifest("bundle_manifest", count, lastSeq, rootHash)));
    }

    private void write(byte[] line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
