package dev.leasehold.audit;

/**
 * Where a chain is broken.
 *
 * @param seq the record at which that shows
 * @param kind how
 */
public record Violation(long seq, Kind kind) {

    /** How a chain is broken. */
    public enum Kind {
        /** A record is not what its digest was taken over. */
        RECORD_HASH_MISMATCH("record_hash_mismatch"),
        /** A record does not carry the digest of the one before it. */
        CHAIN_BREAK("chain_break"),
        /** Records before it are missing. */
        SEQ_GAP("seq_gap"),
        /** The head says that there are more records, fewer, or another last one. */
        EXTERNAL_ANCHOR_FAILURE("external_anchor_failure");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As answers have it. */
        public String word() {
            return word;
        }
    }
}
