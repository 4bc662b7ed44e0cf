package dev.leasehold.run;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * What workers were told of their leases, to be compared with what the events say: a lease belongs to one worker, lasts
 * as long as was promised, ends before the next one begins, and only under it an attempt is reported.
 */
public final class Tenures {

    /** A lease by its run and its number. */
    private record Key(UUID run, long fence) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byRun = run.compareTo(other.run);
            return byRun == 0 ? Long.compare(fence, other.fence) : byRun;
        }
    }

    /** From when to when a lease lasted, by the run's events. */
    private record Span(Instant from, Instant to, String end) {}

    private final Map<Key, String> holders = new ConcurrentHashMap<>();
    private final Map<Key, Instant> promised = new ConcurrentHashMap<>();
    private final Map<Key, UUID> reported = new ConcurrentHashMap<>();
    private final Map<String, UUID> numbered = new ConcurrentHashMap<>();
    private final List<String> doubles = new ArrayList<>();

    /** A worker was granted a lease. */
    public void granted(String worker, UUID run, long fence, Instant expiry) {
        String other = holders.putIfAbsent(new Key(run, fence), worker);
        if (other != null && !other.equals(worker)) {
            note("ONE_HOLDER: " + run + " under " + fence + " was granted to " + other + " and to " + worker);
        }
        kept(run, fence, expiry);
    }

    /** A lease of a run with a key has that number among those of the key; null where it has none. */
    public void keyed(String key, Long fence, UUID run) {
        UUID other = fence == null ? null : numbered.putIfAbsent(key + " " + fence, run);
        if (other != null) {
            note("ONE_NUMBER: " + fence + " of key " + key + " was given to " + other + " and to " + run);
        }
    }

    /** A worker was told how long its lease lasts. */
    public void kept(UUID run, long fence, Instant expiry) {
        promised.merge(new Key(run, fence), expiry, (one, two) -> one.isAfter(two) ? one : two);
    }

    /** A worker was told that its attempt has to end by then. */
    public void bounded(UUID run, long fence, Instant latest) {
        promised.computeIfPresent(new Key(run, fence), (key, expiry) -> expiry.isBefore(latest) ? expiry : latest);
    }

    /** A worker was told nothing about what it asked, and so cannot rely on what it was told before. */
    public void unsure(UUID run, long fence) {
        promised.remove(new Key(run, fence));
    }

    /** A worker's report of an attempt was accepted for the first time. */
    public void reported(UUID run, long fence, UUID attempt) {
        UUID other = reported.putIfAbsent(new Key(run, fence), attempt);
        if (other != null) {
            note("REPORTED_ONCE: " + run + " under " + fence + " was reported of twice");
        }
    }

    private synchronized void note(String fault) {
        doubles.add(fault);
    }

    /** What the events do not bear out, a line each. */
    public synchronized List<String> broken(DataSource source) {
        List<String> faults = new ArrayList<>(doubles);
        Map<Key, Span> spans = spans(source, faults);
        Key before = null;
        for (Map.Entry<Key, Span> one : spans.entrySet()) {
            Key key = one.getKey();
            if (before != null
                    && before.run().equals(key.run())
                    && spans.get(before).to().isAfter(one.getValue().from())) {
                faults.add(
                        "LEASES_APART: " + key.run() + " was leased under " + before.fence() + " and " + key.fence());
            }
            before = key;
        }
        promised.forEach((key, expiry) -> compare(key, expiry, spans.get(key), faults));
        reported.forEach((key, attempt) -> {
            Span span = spans.get(key);
            if (span == null || !span.end().equals("attempt.finished " + attempt)) {
                faults.add("REPORTS_COUNT: " + key + " was reported of, but " + span);
            }
        });
        return faults;
    }

    private static void compare(Key key, Instant expiry, Span span, List<String> faults) {
        if (span == null) {
            faults.add("GRANTS_COUNT: " + key + " was granted, but there is no event of it");
        } else if (span.end().startsWith("lease.expired") && span.to().isBefore(expiry)) {
            faults.add("LEASES_LAST: " + key + " was promised until " + expiry + " and ended at " + span.to());
        }
    }

    private static Map<Key, Span> spans(DataSource source, List<String> faults) {
        Map<Key, Span> spans = new TreeMap<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select run_id, fence, occurred_at, transitions, type || ' ' || coalesce(cast(attempt_id as varchar), '')
                        from leasehold.event where fence is not null order by tenant_id, run_id, version
                        """)) {
            while (row.next()) {
                add(spans, row, faults);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return spans;
    }

    private static void add(Map<Key, Span> spans, ResultSet row, List<String> faults) throws SQLException {
        Key key = new Key(row.getObject(1, UUID.class), row.getLong(2));
        Instant at = row.getObject(3, OffsetDateTime.class).toInstant();
        List<Step> steps = Step.parse(row.getString(4));
        RunState last = steps.get(steps.size() - 1).to();
        boolean granted = steps.stream().anyMatch(step -> step.to() == RunState.LEASED);
        if (granted && spans.put(key, new Span(at, Instant.MAX, "")) != null) {
            faults.add("ONE_GRANT: " + key + " has two events");
        }
        if (last != RunState.LEASED && last != RunState.RUNNING) {
            Span span = spans.get(key);
            if (span == null || !span.end().isEmpty()) {
                faults.add("ONE_END: " + key + " ended without or again: " + row.getString(5));
            } else {
                spans.put(key, new Span(span.from(), at, row.getString(5)));
            }
        }
    }
}
