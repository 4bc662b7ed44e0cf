package dev.leasehold.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Unavailable;
import dev.leasehold.node.NodeConnections;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.catalog.Connections;
import dev.leasehold.time.DatabaseClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class DoctorTest {

    private static final Set<Code> OF_TROUBLE = EnumSet.of(Code.DATABASE_UNREACHABLE, Code.CHECK_FAILED);
    private static final Set<Code> OF_BOTH = EnumSet.of(Code.SERVER_VERSION, Code.CLOCK, Code.CONNECTION_WAIT);
    private static final Set<Code> OF_H2 = EnumSet.of(Code.WRITE_DELAY, Code.FILE_SIZE, Code.ONE_PROCESS);

    private static final int ALL_THAT_WERE_OPENED = 10;

    private final Database database;
    private final Fixture queue;

    DoctorTest(Database database) {
        this.database = database;
        queue = new Fixture(database);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private Diagnosis examine() {
        return queue.get(Doctor.class).examine();
    }

    private static Finding found(Diagnosis seen, Code code) {
        List<Finding> found =
                seen.findings().stream().filter(one -> one.code() == code).toList();
        assertThat(found).as(code.word()).hasSize(1);
        return found.get(0);
    }

    @Test
    void everyCodeIsLookedAtOnce() {
        Set<Code> expected = EnumSet.copyOf(OF_BOTH);
        if (database == Database.H2) {
            expected.addAll(OF_H2);
        } else {
            expected.addAll(EnumSet.complementOf(EnumSet.copyOf(OF_H2)));
            expected.removeAll(OF_TROUBLE);
        }

        Diagnosis seen = examine();

        assertThat(seen.findings()).extracting(Finding::code).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(seen.findings()).extracting(Finding::severity).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(seen.severity()).isEqualTo(seen.findings().get(0).severity());
        assertThat(seen.checkedAt()).isEqualTo(queue.clock.instant());
        assertThat(seen.database()).startsWith(database == Database.H2 ? "H2 2." : "PostgreSQL 1");
        assertThat(seen.node()).isEqualTo("node");
        assertThat(seen.findings())
                .filteredOn(one -> one.severity() == Severity.OK)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.mend()).isNull());
    }

    @Test
    void itsOwnLimitDoesNotStayWithTheConnection() throws SQLException {
        examine();

        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < ALL_THAT_WERE_OPENED; i++) {
            all.add(queue.dataSource.getConnection());
        }
        for (Connection connection : all) {
            assertThat(connection.getAutoCommit()).isTrue();
            try (Statement statement = connection.createStatement()) {
                assertThat(statement.getQueryTimeout()).isZero();
            }
            connection.close();
        }
    }

    @Test
    void aClockThatIsRightIsOk() {
        assertThat(found(examine(), Code.CLOCK).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void aClockThatIsWrong() {
        queue.get(DatabaseClock.class).begin(90_000_000);

        Finding clock = found(examine(), Code.CLOCK);

        assertThat(clock.severity()).isEqualTo(Severity.CRITICAL);
        assertThat((Duration) clock.detail().get("uncorrected_secs"))
                .isCloseTo(Duration.ofSeconds(-90), Duration.ofSeconds(5));
        assertThat(clock.mend()).isEqualTo("chronyc makestep");
    }

    @Test
    void aDatabaseThatIsGoneIsAFinding() {
        queue.put(Connections.class, () -> {
            throw new SQLException("jdbc:secret", "08001");
        });

        Diagnosis seen = examine();

        assertThat(seen.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(found(seen, Code.DATABASE_UNREACHABLE).seen()).contains("08001");
        assertThat(seen.toString()).doesNotContain("secret");
    }

    @Test
    void aDatabaseThatIsGoneIsAFindingHoweverTheServerWrapsIt() {
        queue.put(Connections.class, () -> {
            throw new SQLException("no", new IllegalStateException(new SQLException("gone", "57P03")));
        });

        assertThat(found(examine(), Code.DATABASE_UNREACHABLE).seen()).contains("57P03");
    }

    @Test
    void aPoolThatHasNoConnectionToGiveIsAFindingThatSaysWhatMendsIt() {
        queue.put(Connections.class, () -> {
            throw new SQLException("no managed connections available", new IllegalStateException("timeout"));
        });

        Finding wait = found(examine(), Code.CONNECTION_WAIT);

        assertThat(wait.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(wait.mend()).contains("max-pool-size");
    }

    /** The second is told to give up while it waits for the first; it does not wait for its turn all the same. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoIsInterruptedWhileAnotherLooksIsSentAway() throws InterruptedException {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        queue.put(Connections.class, () -> {
            looking.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new SQLException("gone", "08001");
        });
        CompletableFuture<Diagnosis> first = CompletableFuture.supplyAsync(this::examine);
        try {
            assertThat(looking.await(30, TimeUnit.SECONDS)).isTrue();
            Thread.currentThread().interrupt();

            assertThatThrownBy(this::examine).isInstanceOf(Unavailable.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(first).isNotDone();
        } finally {
            end.countDown();
        }
        assertThat(found(first.join(), Code.DATABASE_UNREACHABLE).seen()).contains("08001");
        assertThat(found(examine(), Code.DATABASE_UNREACHABLE))
                .as("the turn was given back")
                .isNotNull();
    }

    @Test
    void aNodeThatHasNotStartedSaysSo() {
        queue.put(Connections.class, queue.get(NodeConnections.class));

        assertThatThrownBy(this::examine).isInstanceOf(Unavailable.class);
    }
}
