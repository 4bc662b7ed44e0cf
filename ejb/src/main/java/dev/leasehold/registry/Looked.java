package dev.leasehold.registry;

import java.util.List;

/**
 * What a look, or all looks of this process together, came to.
 *
 * @param checked how many attempts and leases of this node were compared
 * @param evicted how many handlers were told to stop, and forgotten
 * @param ended how many leases were ended of which the node knew nothing
 * @param drift what did not agree, the latest last
 */
public record Looked(long checked, long evicted, long ended, List<Drift> drift) {

    static final Looked NOTHING = new Looked(0, 0, 0, List.of());

    /** How many differences were mended. */
    public long corrected() {
        return evicted + ended;
    }
}
