package dev.leasehold.wake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Nodes;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.time.Stopwatch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one PostgreSQL, each with bell and wakes of its own. */
class WakesTest {

    private static final String TYPE = "mail";

    private final Nodes nodes = new Nodes(Database.POSTGRESQL, 2, Duration.ZERO);
    private final Fixture a = nodes.of(0);
    private final Fixture b = nodes.of(1);
    private final Switchboard lineOfA = new Switchboard(a.dataSource);
    private final Switchboard lineOfB = new Switchboard(b.dataSource);
    private final AtomicInteger ringsAtA = new AtomicInteger();
    private final AtomicInteger ringsAtB = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Witness witness;

    @BeforeEach
    void listen() throws SQLException {
        witness = new Witness(a.dataSource);
        a.get(ReadyBell.class).listen(ringsAtA::incrementAndGet);
        b.get(ReadyBell.class).listen(ringsAtB::incrementAndGet);
    }

    @AfterEach
    void close() throws Exception {
        try (nodes) {
            a.get(Wakes.class).end();
            b.get(Wakes.class).end();
            witness.close();
            threads.shutdown();
            assertThat(threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
            assertThat(a.dataSource.getActiveConnections()).isZero();
            expectThatNoConnectionListens();
        }
    }

    /** Those that came back to the pool are somebody else's next. */
    private void expectThatNoConnectionListens() throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(a.dataSource.getConnection());
        }
        for (Connection connection : all) {
            try (connection;
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from pg_listening_channels()")) {
                row.next();
                assertThat(row.getInt(1)).isZero();
            }
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(30, TimeUnit.SECONDS).pollInterval(2, TimeUnit.MILLISECONDS);
    }

    private void begin(Fixture node, Switchboard line) {
        node.get(Wakes.class).begin(line.source(), threads);
        soon().until(node.get(Wakes.class)::listening);
    }

    /** Both listen, and each has told that once. */
    private List<String> beginBoth() {
        begin(a, lineOfA);
        begin(b, lineOfB);
        soon().until(() -> ringsAtA.get() == 2 && ringsAtB.get() == 1);
        return soon().until(witness::words, words -> words.size() == 2);
    }

    @Test
    void aCommitRingsOnTheOtherNodeAndIsNotToldAgain() throws Exception {
        List<String> words = beginBoth();
        String ofA = words.get(0);
        String ofB = words.get(1);

        a.run(NewTask.of(TYPE));
        soon().until(() -> ringsAtB.get() == 2);
        b.run(NewTask.of(TYPE));
        soon().until(() -> ringsAtA.get() == 4);
        a.run(NewTask.of(TYPE));
        soon().until(() -> ringsAtB.get() == 4);
        witness.tell("the end");

        soon().until(() -> ringsAtA.get() >= 6 && ringsAtB.get() >= 5);
        assertThat(soon().until(witness::words, told -> told.contains("the end")))
                .containsExactly(ofA, ofB, ofA, ofB, ofA, "the end");
    }

    @Test
    void whatANodeToldItselfDoesNotRingThere() throws Exception {
        begin(a, lineOfA);
        assertThat(ringsAtA).hasValue(1);

        a.run(NewTask.of(TYPE));
        soon().until(witness::words, words -> words.size() == 2);
        witness.tell("another");

        soon().until(() -> ringsAtA.get() >= 3);
        assertThat(ringsAtA).hasValue(3);
    }

    @Test
    void whatIsNoCommitIsNotTold() throws Exception {
        begin(a, lineOfA);

        a.get(ReadyBell.class).ring();
        a.get(ReadyBell.class).ringForOthers();
        a.in(() -> a.get(ReadyBell.class).ringsOnCommit());

        await().during(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(10))
                .until(() -> witness.words().size() == 1);
    }

    @Test
    void aWokenNodeFindsWhatComesBeforeItsFloor() {
        beginBoth();
        b.run(NewTask.of(TYPE));
        assertThat(b.claim(1, TYPE)).hasSize(1);
        ConcurrentLinkedQueue<List<Claimed>> claims = new ConcurrentLinkedQueue<>();
        b.get(ReadyBell.class).listen(() -> claims.add(b.claim(1, TYPE)));

        UUID first = a.run(NewTask.of(TYPE).priority(9));

        assertThat(soon().until(claims::poll, found -> found != null))
                .extracting(Claimed::runId)
                .containsExactly(first);
    }

    @Test
    void manyCommitsAreToldTogetherAndTheLastIsAmongThem() throws Exception {
        beginBoth();
        ReadyBell bell = a.get(ReadyBell.class);
        Stopwatch watch = new Stopwatch(null);

        for (int i = 0; i < 1000; i++) {
            a.in(() -> {
                bell.ringOnCommit();
                return null;
            });
        }
        int before = ringsAtB.get();
        a.run(NewTask.of(TYPE));

        soon().until(() -> ringsAtB.get() > before);
        long most = watch.elapsed().toMillis() / Teller.APART.toMillis() + 3;
        List<String> words = witness.words();
        System.out.printf("1,000 commits in %s were told in %d notices%n", watch.elapsed(), words.size() - 2);
        assertThat(words.size() - 2).isBetween(1, (int) Math.min(most, 900));
    }

    @Test
    void whoWasCutOffComesBackAndFindsWhatItMissed() throws Exception {
        beginBoth();
        lineOfB.down = true;
        assertThat(witness.cutOffTheOthers()).isEqualTo(2);
        soon().until(() -> !b.get(Wakes.class).listening());
        soon().until(() -> ringsAtA.get() > 2 && a.get(Wakes.class).listening());
        assertThat(ringsAtB).hasValue(1);
        ConcurrentLinkedQueue<List<Claimed>> claims = new ConcurrentLinkedQueue<>();
        b.get(ReadyBell.class).listen(() -> claims.add(b.claim(1, TYPE)));

        UUID missed = a.run(NewTask.of(TYPE));
        assertThat(claims).isEmpty();
        lineOfB.down = false;

        assertThat(soon().until(claims::poll, found -> found != null))
                .extracting(Claimed::runId)
                .containsExactly(missed);
        soon().until(b.get(Wakes.class)::listening);
    }

    @Test
    void whatCouldNotBeToldIsToldWhenItCan() throws Exception {
        beginBoth();
        lineOfA.down = true;
        int asked = lineOfA.asked.get();

        a.run(NewTask.of(TYPE));
        soon().until(() -> lineOfA.asked.get() > asked);
        assertThat(witness.words()).hasSize(2);
        lineOfA.down = false;

        soon().until(() -> ringsAtB.get() == 2);
        assertThat(witness.words()).hasSize(3);
    }

    @Test
    void aNodeWhoseDriverIsHiddenTellsAndPolls() {
        lineOfA.opaque = true;
        begin(b, lineOfB);
        a.get(Wakes.class).begin(lineOfA.source(), threads);

        a.run(NewTask.of(TYPE));

        soon().until(() -> ringsAtB.get() > 1);
        assertThat(a.get(Wakes.class).listening()).isFalse();
    }

    @Test
    void aNodeListensOnceSomethingCameThrough() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Listener listener = new Listener(
                a.dataSource, new Listener.Hearing("own", begun::countDown, ringsAtA::incrementAndGet), end);
        threads.execute(listener);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        soon().until(() -> ringsAtA.get() == 1);

        assertThat(listener.hears()).isFalse();
        witness.tell("own");
        soon().until(listener::hears);
        end.countDown();
        soon().until(() -> !listener.hears());
        assertThat(ringsAtA).hasValue(1);
    }

    @Test
    void nodesThatAreToPollOnlyAskForNoConnection() {
        a.put(Settings.class, new Settings(Map.of("leasehold.notify", "off")::get));
        b.put(Settings.class, new Settings(Map.of("leasehold.duties", "manual")::get));

        a.get(Wakes.class).begin(lineOfA.source(), threads);
        b.get(Wakes.class).begin(lineOfA.source(), threads);

        assertThat(a.get(Wakes.class).listening()).isFalse();
        assertThat(lineOfA.asked).hasValue(0);
    }
}
