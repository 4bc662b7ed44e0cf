package dev.leasehold.letter;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.RerunFailures;
import dev.leasehold.run.StartBatches;
import dev.leasehold.sql.CauseRerunRow;
import dev.leasehold.sql.CauseStatement.CauseKey;
import dev.leasehold.sql.Database;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What failed for one cause, and that its runs are done again batch by batch. */
@ParameterizedClass
@EnumSource(Database.class)
class FailuresTest {

    private static final String CAUSE = Fingerprint.of("no row 1");

    private final Fixture queue;
    private final Post post;

    FailuresTest(Database database) {
        queue = new Fixture(database);
        post = new Post(queue);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void whatFailedForOneCauseIsOne() {
        failed("no row 1");
        post.advance(1000);
        UUID newest = failed("no row 2");
        post.advance(1000);
        failed("no column");

        List<Failures.Cause> causes = list(10);

        assertThat(causes).extracting(cause -> cause.newest().reason()).containsExactly("no column", "no row 2");
        Failures.Cause rows = causes.get(1);
        assertThat(rows.row().fingerprint()).isEqualTo(CAUSE);
        assertThat(rows.row().letters()).isEqualTo(2);
        assertThat(rows.row().firstSeen()).isEqualTo(START);
        assertThat(rows.row().lastSeen()).isEqualTo(START.plusSeconds(1));
        assertThat(rows.newest().source().run()).isEqualTo(newest);
        assertThat(rows.rerun()).isNull();
        assertThat(list(1)).hasSize(1);
    }

    @Test
    void theRateIsThatOfTheLastHour() {
        failed("no row 1");
        post.advance(Duration.ofMinutes(59).toMillis());
        failed("no row 2");
        assertThat(get().row().recent()).isEqualTo(2);
        post.advance(Duration.ofMinutes(1).toMillis());
        assertThat(get().row().recent()).isEqualTo(1);
        assertThat(get().row().letters()).isEqualTo(2);
    }

    @Test
    void whatIsSettledIsNoFailureAnyMore() {
        UUID run = failed("no row 1");
        post.ignore(run);

        assertThat(list(10)).isEmpty();
        assertThatThrownBy(this::get).isInstanceOf(FailureNotFound.class);
        assertThat(refusal()).isInstanceOf(FailureNotFound.class);
    }

    @Test
    void whoFailsForAnotherCauseBelongsToThatOne() {
        UUID run = failed("no row 1");
        post.rerun(run);
        post.advance(5);
        post.end(Outcome.fail("no column"));

        assertThat(list(10)).extracting(cause -> cause.newest().reason()).containsExactly("no column");
        assertThat(list(10).get(0).row().lastSeen()).isEqualTo(START.plusMillis(5));
        assertThat(list(10).get(0).row().firstSeen()).isEqualTo(START);
    }

    @Test
    void batchesDoubleAsLongAsTheyEndWell() {
        IntStream.range(0, 4).forEach(i -> failed("no row " + i));
        assertThat(start()).isZero();
        assertThat(refusal()).isNull();

        assertThat(start()).isEqualTo(1);
        assertThat(start()).isZero();
        post.end(Outcome.success());
        assertThat(start()).isEqualTo(2);
        post.end(Outcome.success());
        assertThat(start()).isZero();
        post.end(Outcome.success());
        assertThat(start()).isEqualTo(1);
        assertThat(get().row().letters()).isEqualTo(1);
        assertThat(rerun().batch().size()).isEqualTo(4);
        post.end(Outcome.success());

        assertThat(list(10)).isEmpty();
        assertThat(start()).isZero();
        assertThat(running()).isEmpty();
        assertThat(post.reruns()).isEqualTo(4);
    }

    @Test
    void aRunThatFailsAgainStopsThem() {
        IntStream.range(0, 4).forEach(i -> failed("no row " + i));
        refusal();
        start();
        post.end(Outcome.success());
        start();
        post.end(Outcome.success());
        post.advance(10);
        post.end(Outcome.fail("no row 99"));

        assertThat(start()).isZero();

        assertThat(rerun().status()).isEqualTo(CauseRerunRow.STOPPED);
        assertThat(rerun().failed()).isEqualTo(1);
        assertThat(rerun().reruns()).isEqualTo(3);
        assertThat(running()).isEmpty();
        assertThat(start()).isZero();
        assertThat(get().row().letters()).isEqualTo(2);
        assertThat(refusal()).isNull();
        assertThat(rerun().reruns()).isZero();
        assertThat(start()).isEqualTo(1);
    }

    @Test
    void whatIsDoneAgainAlreadyIsNotBegunAnew() {
        failed("no row 1");
        assertThat(refusal()).isNull();
        start();

        assertThat(refusal()).isInstanceOf(FailureUnderRerun.class);

        assertThat(rerun().reruns()).isEqualTo(1);
        assertThat(Objects.requireNonNull(rerun().order().reason())).isEqualTo("mended");
        assertThat(rerun().order().actor()).isEqualTo(CALLER.subject());
    }

    @Test
    void aRunThatSomebodyElseDoesAgainIsPassedBy() {
        UUID first = failed("no row 1");
        UUID second = failed("no row 2");
        failed("no row 3");
        post.rerun(first);
        post.retry(second);
        refusal();

        assertThat(start()).isZero();
        assertThat(post.reruns()).isEqualTo(1);
        assertThat(start()).isEqualTo(1);
        assertThat(post.reruns()).isEqualTo(2);
    }

    @Test
    void whatFailsAfterwardsIsNotDoneAgain() {
        failed("no row 1");
        post.advance(1);
        refusal();
        post.advance(1);
        failed("no row 2");
        start();
        post.end(Outcome.success());

        assertThat(start()).isZero();

        assertThat(rerun().status()).isEqualTo(CauseRerunRow.DONE);
        assertThat(get().row().letters()).isEqualTo(1);
    }

    @Test
    void ofSeveralOrdersAndNodesOneBegins() {
        IntStream.range(0, 3).forEach(i -> failed("no row " + i));

        List<@Nullable Fault> refusals = Race.of(4, number -> refusal());
        assertThat(refusals).filteredOn(Objects::isNull).hasSize(1);
        List<Integer> started = Race.of(4, number -> start());

        assertThat(started).containsExactlyInAnyOrder(0, 0, 0, 1);
        assertThat(post.reruns()).isEqualTo(1);
    }

    private UUID failed(String why) {
        UUID run = queue.run(NewTask.of("mail").maxAttempts(1));
        post.end(Outcome.fail(why));
        return run;
    }

    private List<Failures.Cause> list(int max) {
        return queue.in(() -> queue.get(Failures.class).list(CALLER, max));
    }

    private Failures.Cause get() {
        return queue.in(() -> queue.get(Failures.class).get(CALLER, CAUSE));
    }

    private CauseRerunRow rerun() {
        return Objects.requireNonNull(get().rerun());
    }

    private List<CauseKey> running() {
        return queue.in(() -> queue.get(Failures.class).running(10));
    }

    /** Why an order to do the cause's runs again is refused. */
    private @Nullable Fault refusal() {
        List<RerunFailures.Failure> failures = List.of(new RerunFailures.Failure(CAUSE, "mended"));
        return queue.in(() -> queue.get(RerunFailures.class).execute(CALLER, failures))
                .get(0)
                .refusal();
    }

    private int start() {
        CauseKey key = new CauseKey(CALLER.tenant(), CAUSE);
        return queue.in(() -> queue.get(StartBatches.class).execute(CALLER, List.of(key)))
                .get(0);
    }
}
