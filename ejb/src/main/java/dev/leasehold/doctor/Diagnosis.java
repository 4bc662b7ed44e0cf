package dev.leasehold.doctor;

import java.time.Instant;
import java.util.List;

/**
 * What the doctor saw, from one node.
 *
 * @param checkedAt when
 * @param node the node that looked, by its name
 * @param database the product and its version; empty when it did not answer
 * @param findings the worst first
 */
public record Diagnosis(Instant checkedAt, String node, String database, List<Finding> findings) {

    /** That of the worst finding. */
    public Severity severity() {
        return findings.stream().map(Finding::severity).reduce(Severity.OK, Severity::or);
    }
}
