package dev.leasehold.bench.peer;

import static java.util.Map.entry;

import dev.leasehold.bench.contender.Contender;
import java.util.List;
import java.util.Map;

/** The other systems, and how many runs keep each busy for 5 to 15 s on two cores. */
public final class Peers {
    private static final Contender DB_SCHEDULER = new JvmPeer(
            "db-scheduler",
            DbSchedulerQueue::new,
            Map.ofEntries(
                    entry("W1.single1", 22_000),
                    entry("W1.single8", 60_000),
                    entry("W1.bulk", 800_000),
                    entry("W2", 100_000),
                    entry("W3.local", 1_000),
                    entry("W4", 100_000)));

    private static final Contender JOBRUNR = new JvmPeer(
            "jobrunr",
            JobRunrQueue::new,
            Map.ofEntries(
                    entry("W1.single1", 18_000),
                    entry("W1.single8", 30_000),
                    entry("W1.bulk", 100_000),
                    entry("W2", 20_000),
                    entry("W3.local", 1_000),
                    entry("W4", 20_000)));

    private static final Contender QUARTZ = new JvmPeer(
            "quartz",
            QuartzQueue::new,
            Map.ofEntries(
                    entry("W1.single1", 6_000),
                    entry("W1.single8", 6_000),
                    entry("W1.bulk", 8_000),
                    entry("W2", 5_000),
                    entry("W3.local", 1_000),
                    entry("W4", 1_000)));

    private static final NodeKit KIT = new NodeKit();

    private static final Contender GRAPHILE = new NodePeer(
            "graphile-worker",
            KIT,
            Map.ofEntries(
                    entry("W1.single1", 6_000),
                    entry("W1.single8", 12_000),
                    entry("W1.bulk", 500_000),
                    entry("W2", 500_000),
                    entry("W3.local", 1_000),
                    entry("W4", 500_000)));

    /** Without its local queue and its batches, for latencies only. */
    private static final Contender GRAPHILE_PLAIN =
            new NodePeer("graphile-worker-plain", KIT, Map.of("W3.local", 1_000));

    private static final Contender PG_BOSS = new NodePeer(
            "pg-boss",
            KIT,
            Map.ofEntries(
                    entry("W1.single1", 9_000),
                    entry("W1.single8", 20_000),
                    entry("W1.bulk", 400_000),
                    entry("W2", 300_000),
                    entry("W3.local", 1_000),
                    entry("W4", 300_000)));

    /** In the order in which they take turns. */
    public static final List<Contender> ALL = List.of(DB_SCHEDULER, GRAPHILE, GRAPHILE_PLAIN, PG_BOSS, JOBRUNR, QUARTZ);

    private Peers() {}
}
