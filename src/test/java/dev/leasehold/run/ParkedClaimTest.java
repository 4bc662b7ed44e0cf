package dev.leasehold.run;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.Transient;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A claim stands between its statement and its commit, or its rollback, while others command the same run. */
class ParkedClaimTest {

    /** What somebody else asks of the run meanwhile. */
    enum Command {
        CANCEL,
        PRIORITIZE,
        HOLD,
        CLAIM,
        READ
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Fixture queue;
    private UUID run;

    static Stream<Arguments> interleavings() {
        return Stream.of(Database.values())
                .flatMap(database -> Stream.of(Command.values())
                        .flatMap(command -> Stream.of(true, false)
                                .flatMap(commits -> Stream.of(true, false)
                                        .map(first -> Arguments.of(database, command, commits, first)))));
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        queue.close();
    }

    /**
     * One interleaving.
     *
     * @param commits whether the claim commits in the end, or is rolled back
     * @param claimFirst whether the claim's statement comes before the other command, or the other command's statement
     *     comes before the claim's and is the one that is parked
     */
    @ParameterizedTest
    @MethodSource("interleavings")
    void noAnswerLies(Database database, Command command, boolean commits, boolean claimFirst) throws Exception {
        queue = new Fixture(database);
        run = queue.run(NewTask.of("mail"));
        Supplier<Object> claim = () -> claimIn(queue);
        Supplier<Object> other = () -> ask(command);

        Parked parked = new Parked(claimFirst ? claim : other, commits);
        CompletableFuture<Object> second =
                CompletableFuture.supplyAsync(() -> answered(claimFirst ? other : claim), threads);
        settle(second);
        verifyFromOutside();
        parked.goOn();
        Object late = second.get(30, TimeUnit.SECONDS);
        Object early = parked.result();

        queue.verify();
        check(command, claimFirst ? early : late, claimFirst ? late : early, commits, claimFirst);
    }

    /** Gives the second the time to be answered, or to come to the lock at which it waits: either is right. */
    private static void settle(CompletableFuture<Object> second) throws InterruptedException {
        try {
            second.get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            assertThat(second).isNotDone();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whoever looks meanwhile sees a whole state: the row and its events are of one moment. */
    private void verifyFromOutside() {
        assertThat(queue.in(() -> Replay.faults(queue.get(EntityManager.class))))
                .isEmpty();
    }

    private void check(Command command, Object claimed, Object answer, boolean commits, boolean claimFirst) {
        boolean claimHolds = claimed.equals(true) && (commits || !claimFirst);
        boolean otherHolds = answer.equals(true) && (commits || claimFirst);
        Run row = queue.row(run);
        List<String> types = queue.events(run).stream().map(RunEvent::type).toList();
        assertThat(types.contains("run.leased")).isEqualTo(claimHolds || (command == Command.CLAIM && otherHolds));
        switch (command) {
            case CANCEL -> {
                assertThat(row.state() == RunState.CANCELED).isEqualTo(otherHolds);
                assertThat(types.contains("run.canceled")).isEqualTo(otherHolds);
            }
            case PRIORITIZE -> assertThat(row.priority()).isEqualTo(otherHolds ? 7 : 0);
            case HOLD -> {
                assertThat(row.held()).isEqualTo(otherHolds);
                assertThat(claimHolds && otherHolds).isFalse();
            }
            case CLAIM -> assertThat(claimHolds && otherHolds).as("two leases").isFalse();
            case READ -> assertThat(answer).isEqualTo(true);
        }
        assertThat(queue.leaseOf(run).isPresent()).isEqualTo(row.state() == RunState.LEASED);
    }

    private static Object claimIn(Fixture queue) {
        List<Claimed> claimed = queue.get(ClaimRuns.class)
                .execute(
                        CALLER,
                        List.of(new ClaimRuns.Request(
                                new ClaimRuns.Holder("w", null),
                                ClaimRuns.Filter.types(List.of("mail")),
                                1,
                                Duration.ofSeconds(30),
                                false)))
                .get(0);
        return !claimed.isEmpty();
    }

    private Object ask(Command command) {
        List<Order> orders = List.of(Order.of(run));
        return switch (command) {
            case CANCEL ->
                queue.get(CancelRuns.class).execute(CALLER, orders).get(0).status() == CancelRuns.Status.CANCELED;
            case PRIORITIZE ->
                queue.get(PrioritizeRuns.class)
                                .execute(CALLER, List.of(new PrioritizeRuns.Request(orders.get(0), 7)))
                                .get(0)
                                .refusal()
                        == null;
            case HOLD ->
                queue.get(HoldRuns.class).execute(CALLER, orders).get(0).refusal() == null;
            case CLAIM -> claimIn(queue);
            case READ -> Replay.faults(queue.get(EntityManager.class)).isEmpty();
        };
    }

    /** In a transaction of its own; a lock that is not given in time is no answer, and is asked for again. */
    private Object answered(Supplier<Object> work) {
        for (int i = 0; i < 5; i++) {
            try {
                return queue.in(work);
            } catch (RuntimeException e) {
                if (!Transient.is(e)) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("no answer");
    }

    /** A transaction that has done its work and not ended. */
    private final class Parked {

        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CountDownLatch there = new CountDownLatch(1);
        private final List<Object> results = new ArrayList<>();
        private final CompletableFuture<Void> transaction;

        Parked(Supplier<Object> work, boolean commits) throws InterruptedException {
            transaction = CompletableFuture.runAsync(() -> run(work, commits), threads);
            assertThat(there.await(30, TimeUnit.SECONDS)).isTrue();
        }

        private void run(Supplier<Object> work, boolean commits) {
            try {
                queue.in(() -> {
                    results.add(work.get());
                    there.countDown();
                    await();
                    if (!commits) {
                        throw new CancellationOfTheTest();
                    }
                    return null;
                });
            } catch (CancellationOfTheTest e) {
                assertThat(commits).isFalse();
            }
        }

        private void await() {
            try {
                assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void goOn() {
            goOn.countDown();
        }

        Object result() throws Exception {
            transaction.get(30, TimeUnit.SECONDS);
            return Objects.requireNonNull(results.get(0));
        }
    }

    private static final class CancellationOfTheTest extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
