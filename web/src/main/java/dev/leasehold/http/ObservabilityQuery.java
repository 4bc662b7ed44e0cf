package dev.leasehold.http;

import dev.leasehold.observability.Observation;

/**
 * How much an operator asks to see of a run at one look (tandem 6.1): a number out of range counts as the nearest one.
 *
 * @param eventLimit how many events
 * @param snapshotLimit how many snapshots
 * @param reliabilityLimit how many of waits, dead letters and each of their like
 * @param auditLimit how many records of the audit
 */
record ObservabilityQuery(int eventLimit, int snapshotLimit, int reliabilityLimit, int auditLimit) {

    private static final int USUAL = 100;
    private static final int LARGEST = 500;

    static ObservabilityQuery of(Query query) {
        return new ObservabilityQuery(
                limit(query, "event_limit"),
                limit(query, "snapshot_limit"),
                limit(query, "reliability_limit"),
                limit(query, "audit_limit"));
    }

    Observation.Limits limits() {
        return new Observation.Limits(eventLimit, reliabilityLimit, auditLimit);
    }

    private static int limit(Query query, String name) {
        String value = query.last(name);
        if (value == null) {
            return USUAL;
        }
        if (!value.matches("-?[0-9]{1,18}")) {
            throw new InvalidPagination(name, "an integer");
        }
        return (int) Math.max(1, Math.min(LARGEST, Long.parseLong(value)));
    }
}
