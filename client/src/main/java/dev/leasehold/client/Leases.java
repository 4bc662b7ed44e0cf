package dev.leasehold.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The calls of workers (http.md 3): plural, with a result for each item, in order. */
public final class Leases {

    record Renewals(List<Lease.Renewal> results) {

        Renewals {
            results = List.copyOf(results);
        }
    }

    record Verdicts(List<Lease.Verdict> results) {

        Verdicts {
            results = List.copyOf(results);
        }
    }

    private static final String ATTEMPTS = "attempts";
    private static final String LEASES = "leases";
    private static final String OWNER = "owner";

    private final Transport transport;

    Leases(Transport transport) {
        this.transport = transport;
    }

    /** The same, but each request is sent once. */
    Leases once() {
        return new Leases(transport.once());
    }

    /** The same, but answers may take that long. */
    Leases within(Duration timeout) {
        return new Leases(transport.within(timeout));
    }

    /** Claims runs; waits as long as the claim says, and answers nothing when there was nothing. */
    public List<Lease> claim(Claim claim) {
        return transport
                .work("/api/v1/leases", claim.waitSecs(), claim, Lease.Granted.class)
                .leases();
    }

    /** Keeps 1 to 1000 leases for another while. */
    public List<Lease.Renewal> renew(String owner, Duration lease, List<Lease.Held> leases) {
        Map<String, Object> body = Map.of(OWNER, owner, "lease_secs", lease, LEASES, leases);
        return whole(
                leases,
                transport
                        .work("/api/v1/leases/renew", Duration.ZERO, body, Renewals.class)
                        .results());
    }

    /** Gives back what was not begun; costs no attempt. */
    public List<Lease.Verdict> release(String owner, List<Lease.Held> leases) {
        return verdicts("/api/v1/leases/release", owner, LEASES, leases);
    }

    /** Begins attempts of leases that were claimed without {@code start}. */
    public List<Lease.Verdict> start(String owner, List<Lease.Held> leases) {
        return verdicts("/api/v1/attempts/start", owner, ATTEMPTS, leases);
    }

    /** Reports 1 to 1000 attempts. A report may be repeated. */
    public List<Lease.Verdict> finish(String owner, List<Lease.Report> reports) {
        return verdicts("/api/v1/attempts/finish", owner, ATTEMPTS, reports);
    }

    private List<Lease.Verdict> verdicts(String path, String owner, String list, List<?> items) {
        Map<String, Object> body = Map.of(OWNER, owner, list, items);
        return whole(
                items, transport.work(path, Duration.ZERO, body, Verdicts.class).results());
    }

    private static <T> List<T> whole(List<?> asked, List<T> results) {
        if (results.size() != asked.size()) {
            throw new LeaseholdException(
                    200,
                    LeaseholdException.UNREADABLE,
                    results.size() + " results for " + asked.size() + " items",
                    JsonNodeFactory.instance.objectNode(),
                    null);
        }
        return results;
    }
}
