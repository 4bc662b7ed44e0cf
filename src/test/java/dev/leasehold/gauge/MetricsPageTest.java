package dev.leasehold.gauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Unavailable;
import dev.leasehold.metric.Scraped;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.Figures;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Transactions;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.hibernate.exception.JDBCConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class MetricsPageTest {

    private final Fixture queue;

    MetricsPageTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private Scraped scrape() {
        MetricsPage page = queue.get(MetricsPage.class);
        page.open();
        return Scraped.of(new String(page.text(), StandardCharsets.UTF_8));
    }

    @Test
    void runsByStateAndHowFarTheirPromotionIsBehind() {
        queue.run(NewTask.of("mail"));
        queue.run(NewTask.of("mail"));
        queue.run(NewTask.of("later").scheduledAt(queue.clock.instant().plusSeconds(10)));
        Claimed claimed = queue.claim(1, "mail").get(0);
        queue.finish(Fixture.report(claimed, Outcome.success()));
        queue.clock.advance(Duration.ofSeconds(17));

        Scraped page = scrape();

        assertThat(page.value("leasehold_database_up")).isEqualTo(1);
        Arrays.stream(RunState.values())
                .forEach(state -> assertThat(page.value("leasehold_runs{state=" + state.snake() + "}"))
                        .as(state.snake())
                        .isEqualTo(
                                switch (state) {
                                    case READY, SCHEDULED, COMPLETED -> 1;
                                    default -> 0;
                                }));
        assertThat(page.value("leasehold_promotion_delay_seconds")).isEqualTo(7);
        assertThat(page.value("leasehold_tasks_submitted_total{status=created}"))
                .isEqualTo(3);
    }

    @Test
    void theFeedsPositionCoversWhatIsCommitted() {
        queue.run(NewTask.of("mail"));
        Figures figures = queue.in(() -> queue.get(QueueSession.class).work(Figures::read));

        assertThat(figures.position()).isGreaterThanOrEqualTo(queue.count("select max(pos) from leasehold.event"));
        assertThat(figures.longestDue()).isNull();
    }

    @Test
    void aDatabaseThatIsGoneIsSaidToBeDownAndTheRestIsThere() {
        queue.run(NewTask.of("mail"));
        queue.put(Transactions.class, failing(new JDBCConnectionException("gone", new SQLException("gone", "08006"))));

        Scraped page = scrape();

        assertThat(page.value("leasehold_database_up")).isZero();
        assertThat(page.types()).doesNotContainKey("leasehold_runs").containsEntry("leasehold_claims_total", "counter");
        assertThat(page.value("leasehold_tasks_submitted_total{status=created}"))
                .isEqualTo(1);
    }

    @Test
    void aNodeThatHasNotStartedHasMetricsToo() {
        queue.put(Transactions.class, failing(Unavailable.notReady("bootstrap_incomplete")));

        assertThat(scrape().value("leasehold_database_up")).isZero();
    }

    @Test
    void aDefectIsNotTakenForADatabaseThatIsGone() {
        queue.put(Transactions.class, failing(new IllegalArgumentException("a defect")));

        assertThatThrownBy(this::scrape).hasMessage("a defect");
    }

    private static Transactions failing(RuntimeException failure) {
        return (Transactions) Proxy.newProxyInstance(
                Transactions.class.getClassLoader(),
                new Class<?>[] {Transactions.class},
                (proxy, method, arguments) -> {
                    throw failure;
                });
    }

    @Test
    void whatTheNodeIsDoing() {
        Scraped page = scrape();

        assertThat(page.value("leasehold_node_state{state=bootstrap_incomplete}"))
                .isEqualTo(1);
        assertThat(page.value("leasehold_node_state{state=ready}")).isZero();
        assertThat(page.value("leasehold_worker_threads{state=busy}")).isZero();
        assertThat(page.value("leasehold_worker_threads{state=waiting}")).isZero();
        assertThat(page.value("leasehold_worker_threads_allowed")).isZero();
        assertThat(page.value("leasehold_runs_in_hand")).isZero();
        assertThat(page.value("leasehold_clock_offset_seconds")).isZero();
        assertThat(page.value("leasehold_wake_listening")).isZero();
        String built = Version.read();
        assertThat(page.value("leasehold_build_info{version=" + built + "}")).isEqualTo(1);
        assertThat(page.labels("leasehold_"))
                .containsExactly("command", "granted", "kind", "le", "reason", "result", "state", "status", "version");
    }
}
