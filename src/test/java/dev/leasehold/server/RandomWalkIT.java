package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.database.Changed;
import dev.leasehold.database.Race;
import dev.leasehold.run.Invariant;
import dev.leasehold.run.Tally;
import dev.leasehold.run.Tally.Ask;
import dev.leasehold.run.Tenures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight clients do at random what can be asked of two nodes on one database, with some 50 runs alive at a time. One
 * node's machine is 400 ms ahead, and connections to the database are cut. Nothing that has to hold is broken, while it
 * lasts and after it, and everything comes to its end.
 */
@EnabledIfSystemProperty(named = "leasehold.test.database", matches = "postgresql")
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
class RandomWalkIT {

    private static final String DATABASE = "random_walk";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int COMMANDS = Integer.getInteger("leasehold.test.walk", 1000);
    /** From so many on everything is asked for, also what is rare. */
    private static final int LONG = 10_000;

    private static final int CLIENTS = 8;
    /** How many commands each does in a row. */
    private static final int STRETCH = 125;

    private static final List<Invariant> AT_ANY_INSTANT = List.of(
            Invariant.USED_IS_A_RECOUNT,
            Invariant.ONE_RUN_OF_A_KEY,
            Invariant.KEY_IN_HAND,
            Invariant.ATTEMPTS_WITHIN_CAP,
            Invariant.CLAIM_INDEX,
            Invariant.PARKED_IS_WAITED_FOR,
            Invariant.CANCELED_TASK_HAS_ENDED);

    private final long seed = Long.getLong("leasehold.seed", new Random().nextLong());
    private final ScheduledExecutorService watch = Executors.newScheduledThreadPool(2);
    private final Records records = new Records(DATABASE);
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Tally tally = new Tally();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger seen = new AtomicInteger();
    private volatile Sight sight = Sight.NOTHING;

    @TempDir
    Path folder;

    private ServerProcess a;
    private ServerProcess b;

    @AfterEach
    void close() {
        watch.shutdownNow();
        Stream.of(a, b).filter(one -> one != null).forEach(ServerProcess::close);
    }

    @Test
    void whateverIsAskedOfTwoNodesNothingIsBroken() throws Exception {
        System.out.println("random walk of " + COMMANDS + ": -Dleasehold.seed=" + seed);
        startBoth();
        Tenures tenures = new Tenures();
        List<RandomClient> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> client("w" + i, new Random(seed + i), tenures))
                .toList();
        List<Future<?>> watching = List.of(
                watch.scheduleWithFixedDelay(guarded(this::look), 0, 50, TimeUnit.MILLISECONDS),
                watch.scheduleWithFixedDelay(guarded(this::cut), 500, 250, TimeUnit.MILLISECONDS));
        for (int done = 0; done < COMMANDS; done += CLIENTS * STRETCH) {
            Race.of(CLIENTS, number -> clients.get(number).walk(STRETCH));
        }
        watching.forEach(one -> one.cancel(false));
        watch.shutdown();
        assertThat(watch.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        report(clients);

        expect(clients, tenures);
        if (COMMANDS >= LONG) {
            assertThat(tally.missing(List.of())).as("seed %s", seed).isEmpty();
        }
        drain(clients.get(0));
        expect(clients, tenures);
        assertThat(records.read(
                        "select count(*) from leasehold.permit_holder where until is null", one -> one.getInt(1)))
                .containsExactly(0);
    }

    private RandomClient client(String name, Random random, Tenures tenures) {
        Dialogue dialogue = new Dialogue(List.of(a.api(), b.api()), name, random, tally);
        return new RandomClient(dialogue, random, tenures, () -> sight);
    }

    private void startBoth() throws Exception {
        List<String> shared = ServerDatabase.settings(DATABASE);
        Changed ahead = new Changed()
                .with(
                        "dev/leasehold/time/MachineClock.java",
                        "anchor = Clock.systemUTC().instant();",
                        "anchor = Clock.systemUTC().instant().plusMillis(400);");
        a = start(Path.of(System.getProperty("leasehold.test.ear")), shared, "a", 4700);
        b = start(Archives.changed(ahead, folder), shared, "b", 4900);
        Stream.of(a, b).forEach(ServerProcess::awaitReady);
    }

    private static ServerProcess start(Path ear, List<String> shared, String name, int offset) {
        List<String> settings = new ArrayList<>(shared);
        settings.addAll(List.of(
                "-Dleasehold.node=" + name,
                "-Dleasehold.lease-secs=3",
                "-Dleasehold.heartbeat-secs=1",
                "-Dleasehold.timeout-grace-secs=1"));
        return ServerProcess.start(ear, offset, settings.toArray(String[]::new));
    }

    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                broken.add("the watch failed: " + e);
            }
        };
    }

    private void look() {
        sight = Sight.of(records);
        looks.incrementAndGet();
        seen.addAndGet(sight.alive().size());
        broken.addAll(records.broken(AT_ANY_INSTANT));
    }

    private void cut() {
        cuts.addAndGet(records.cutOne());
    }

    private void report(List<RandomClient> clients) {
        System.out.printf(
                "random walk: %d commands unanswered, %d connections cut, %d runs alive at a time, done/refused: %s,"
                        + " runs by state: %s, events: %s%n",
                clients.stream()
                        .mapToInt(client -> client.dialogue().unanswered())
                        .sum(),
                cuts.get(),
                seen.get() / Math.max(1, looks.get()),
                tally,
                records.read(
                        "select state || ' ' || count(*) from leasehold.run group by state", row -> row.getString(1)),
                records.read(
                        "select type || ' ' || count(*) from leasehold.event group by type", row -> row.getString(1)));
    }

    private void expect(List<RandomClient> clients, Tenures tenures) {
        List<String> all = new ArrayList<>(broken);
        clients.forEach(client -> all.addAll(client.dialogue().surprises()));
        all.addAll(records.faults());
        all.addAll(records.broken(Invariant.ofWalks()));
        all.addAll(records.broken(tenures));
        assertThat(all).as("seed %s", seed).isEmpty();
        assertThat(cuts).as("connections cut").hasPositiveValue();
    }

    /** Opens every gate and does what there is to do, until there is nothing left. */
    private void drain(RandomClient client) {
        client.orders().open();
        await().atMost(LIMIT).until(() -> {
            letGo(client, Ask.UNHOLD, "select run_id from leasehold.run where held");
            letGo(client, Ask.RESUME, "select run_id from leasehold.run where state = 'Suspended'");
            letGo(client, Ask.RESUME_TASK, """
                    select p.task_id from leasehold.paused_task p
                    join leasehold.task t on t.tenant_id = p.tenant_id and t.task_id = p.task_id
                    where t.canceled_at is null
                    """);
            for (int i = 0; i < 4; i++) {
                client.claim(true, 100);
                client.finishAll();
            }
            return records.broken(List.of(Invariant.EVERYTHING_ENDS)).isEmpty()
                    && records.read(
                                    "select task_id from leasehold.schedule where next_at is not null",
                                    row -> row.getObject(1, UUID.class))
                            .isEmpty();
        });
    }

    private void letGo(RandomClient client, Ask ask, String which) {
        records.read(which, row -> row.getObject(1, UUID.class))
                .forEach(id -> client.orders().letGo(ask, id));
    }
}
