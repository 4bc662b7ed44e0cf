package dev.leasehold.audit;

import dev.leasehold.audit.Violation.Kind;
import dev.leasehold.sql.AuditHead;
import dev.leasehold.sql.AuditRow;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Goes along a chain, record by record, and remembers where it is broken first. */
final class ChainCheck {

    private final AuditHead head;
    private long checked;
    private long last;
    private @Nullable String lastHash;
    private @Nullable Violation first;

    /** Of the chain that ended there when the check began. */
    ChainCheck(AuditHead head) {
        this.head = head;
    }

    /** The next record. */
    void next(AuditRow row) {
        if (row.seq() != last + 1) {
            found(row.seq(), Kind.SEQ_GAP);
        } else if (!Chain.isWhole(head.place(), row)) {
            found(row.seq(), Kind.RECORD_HASH_MISMATCH);
        } else if (!Objects.equals(row.prevHash(), lastHash)) {
            found(row.seq(), Kind.CHAIN_BREAK);
        }
        checked++;
        last = row.seq();
        lastHash = row.recordHash();
    }

    /** The end: what the head says must be what there was, with nothing behind it. */
    Verification end(OptionalLong beyond) {
        if (last != head.seq()) {
            found(last + 1, Kind.EXTERNAL_ANCHOR_FAILURE);
        } else if (!Objects.equals(lastHash, head.recordHash())) {
            found(last, Kind.EXTERNAL_ANCHOR_FAILURE);
        } else if (beyond.isPresent()) {
            found(beyond.getAsLong(), Kind.EXTERNAL_ANCHOR_FAILURE);
        }
        return new Verification(checked, first);
    }

    private void found(long seq, Kind kind) {
        if (first == null) {
            first = new Violation(seq, kind);
        }
    }
}
