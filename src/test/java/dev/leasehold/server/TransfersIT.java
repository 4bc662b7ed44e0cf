package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes with eight threads each move money from one account to another, and one of them is killed five times at any
 * moment: what commits with the completion is applied once, what commits before it is not.
 */
@EnabledIfSystemProperty(named = "leasehold.test.database", matches = "postgresql")
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
class TransfersIT {

    private static final String DATABASE = "transfers";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int KILLS = 5;
    private static final String SEPARATE = "select count(*) from bank.transfer where bank = 'separate'";
    private static final String BETWEEN_COMMITS_AT_A = """
            select count(*) from leasehold.lease l join bank.transfer t on t.run_id = l.run_id
            where l.owner like 'a/%' and t.bank = 'separate'
            """;
    private static final int PORTION = 200;

    private ServerProcess a;
    private ServerProcess b;

    @AfterEach
    void close() {
        Stream.of(a, b).filter(Objects::nonNull).forEach(ServerProcess::close);
    }

    @Test
    void transfersThatCommitWithTheirCompletionAreAppliedOnce(@TempDir Path folder) throws Exception {
        List<String> shared = ServerDatabase.settings(DATABASE);
        accounts();
        Path ear = Archives.with(folder, Bank.class, CommittingTransfer.class, SeparateTransfer.class);
        a = start(ear, shared, "a", 4300);
        b = start(ear, shared, "b", 4500);
        a.awaitReady();
        b.awaitReady();
        Records records = new Records(DATABASE);
        for (int kill = 1; kill <= KILLS; kill++) {
            AtomicBoolean killed = new AtomicBoolean();
            CompletableFuture<Void> submitted = CompletableFuture.runAsync(() -> submitUntil(killed));
            long enough =
                    number(records, SEPARATE) + ThreadLocalRandom.current().nextInt(1, PORTION / 2);
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> number(records, SEPARATE) >= enough && number(records, BETWEEN_COMMITS_AT_A) > 0);
            a = a.again();
            killed.set(true);
            submitted.join();
            a.awaitReady();
        }
        await().atMost(LIMIT)
                .until(() -> number(records, "select count(*) from leasehold.run where state <> 'Completed'") == 0);
        expect(records);
    }

    private void submitUntil(AtomicBoolean killed) {
        for (int i = 0; i < PORTION || !killed.get(); i++) {
            b.api().submit("{\"type\":\"transfer.committing\"}");
            b.api().submit("{\"type\":\"transfer.separate\"}");
        }
    }

    private static void expect(Records records) {
        long runs = number(records, "select count(*) from leasehold.task where type = 'transfer.committing'");
        long expired = number(records, "select count(*) from leasehold.attempt where error like 'lease expired: %'");
        long twice = number(records, SEPARATE) - runs;
        System.out.printf(
                "transfers: %d of each kind, %d attempts lost by kills, %d applied once too often without %s%n",
                runs, expired, twice, "WITH_COMPLETION");
        assertThat(number(records, "select count(*) from bank.transfer where bank = 'committing'"))
                .isEqualTo(runs);
        assertThat(number(records, "select count(distinct run_id) from bank.transfer where bank = 'committing'"))
                .isEqualTo(runs);
        assertThat(number(records, "select balance from bank.account where bank = 'committing' and id = 1"))
                .isEqualTo(-runs);
        assertThat(number(records, "select balance from bank.account where bank = 'committing' and id = 2"))
                .isEqualTo(runs);
        assertThat(runs).isGreaterThanOrEqualTo(KILLS * PORTION);
        assertThat(expired).isPositive();
        assertThat(twice)
                .as("the counter-example: without it some are applied twice")
                .isPositive();
        assertThat(records.faults()).isEmpty();
    }

    private static long number(Records records, String sql) {
        return records.read(sql, row -> row.getLong(1)).get(0);
    }

    private static void accounts() throws SQLException {
        try (Connection connection = ServerDatabase.writable(DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : Bank.TABLES) {
                statement.execute(table);
            }
            statement.execute(
                    "insert into bank.account values ('committing', 1, 0), ('committing', 2, 0), ('separate', 1, 0), ('separate', 2, 0)");
        }
    }

    private static ServerProcess start(Path ear, List<String> shared, String name, int offset) {
        List<String> settings = new ArrayList<>(shared);
        settings.addAll(
                List.of("-Dleasehold.node=" + name, "-Dleasehold.lease-secs=3", "-Dleasehold.heartbeat-secs=1"));
        return ServerProcess.start(ear, offset, settings.toArray(String[]::new));
    }
}
