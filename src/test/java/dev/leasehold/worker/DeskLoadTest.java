package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.database.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thousands of items through one desk, from many producers, with nobody who polls: a wake-up that is lost hangs. */
class DeskLoadTest {

    private static final int PRODUCERS = 4;
    private static final int COMMIT_SPINS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Queue<Integer> ready = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> handled = new ConcurrentLinkedQueue<>();
    private final List<Integer> stored = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger leading = new AtomicInteger();
    private final AtomicInteger here = new AtomicInteger();
    private final AtomicInteger mostHere = new AtomicInteger();
    private final AtomicInteger leadersAtOnce = new AtomicInteger();

    private Desk<Integer, Integer> desk = new Desk<>(60_000);
    private int failEvery = Integer.MAX_VALUE;
    private int refuseEvery = Integer.MAX_VALUE;
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void stop() {
        desk.open(0);
        pool.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"1, 60000", "3, 60000", "16, 60000", "8, 1", "3, 0", "128, 60000", "48, 60000"})
    void everyItemIsHandledAndStoredExactlyOnce(int capacity, long keepMillis) {
        desk = new Desk<>(keepMillis);
        desk.open(capacity);

        produce(5_000);

        assertAllStored(5_000);
        assertThat(mostHere.get()).isLessThanOrEqualTo(capacity);
        assertThat(leadersAtOnce.get()).isBetween(1, capacity < 2 * Desk.LARGE ? 1 : 2);
        close();
    }

    /** The next item is rung in just while the one before is being stored, and no other will wake anybody. */
    @Test
    void anItemIsHandledWithoutTheHelpOfALaterOne() {
        desk.open(3);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int item = 0; item < 10_000; item++) {
            spin(item % (3 * COMMIT_SPINS));
            ready.add(item);
            call(desk.ring(null));
            while (count.get() <= item && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(count).as("handled items").hasValue(item + 1);
        }

        assertAllStored(10_000);
        close();
    }

    @Test
    void nothingIsLostWhenEveryFifthRoundFails() {
        failEvery = 5;
        desk.open(6);

        produce(2_000);

        assertAllStored(2_000);
        close();
    }

    @Test
    void anExecutorThatRefusesSomeThreadsLosesNothing() {
        refuseEvery = 3;
        desk.open(6);

        produce(2_000);
        call(desk.ring(null));

        assertAllStored(2_000);
        close();
    }

    @Test
    void closingInTheMiddleStoresWhatWasStarted() {
        desk.open(6);
        pool.execute(() -> produce(20_000));
        await().atMost(PATIENCE).until(() -> stored.size() > 500);

        close();

        assertThat(stored).containsExactlyInAnyOrderElementsOf(handled).doesNotHaveDuplicates();
        assertThat(ready.size() + stored.size()).isLessThanOrEqualTo(20_000);
    }

    private void produce(int items) {
        Race.of(PRODUCERS, producer -> {
            for (int item = producer; item < items; item += PRODUCERS) {
                ready.add(item);
                call(desk.ring(null));
            }
            return producer;
        });
    }

    private void assertAllStored(int items) {
        await().atMost(PATIENCE).until(() -> stored.size() >= items);
        assertThat(handled).hasSize(items).doesNotHaveDuplicates();
        assertThat(new ArrayList<>(stored))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, items).boxed().toList());
    }

    private void close() {
        desk.open(0);
        assertThat(desk.emptied(PATIENCE.toMillis())).isTrue();
    }

    private void call(int threads) {
        for (int i = 0; i < threads; i++) {
            try {
                if (calls.incrementAndGet() % refuseEvery == 0) {
                    throw new RejectedExecutionException("full");
                }
                pool.execute(this::work);
            } catch (RejectedExecutionException e) {
                desk.excuse();
            }
        }
    }

    private void work() {
        desk.enter();
        mostHere.accumulateAndGet(here.incrementAndGet(), Math::max);
        Integer done = null;
        Turn<Integer, Integer> turn = next(done);
        while (turn != null) {
            done = turn.started();
            if (done != null) {
                handled.add(done);
                count.incrementAndGet();
            }
            if (turn.lead() != null) {
                lead(turn.lead());
            }
            turn = next(done);
        }
    }

    /** The count goes down before the desk lets another in. */
    private @Nullable Turn<Integer, Integer> next(@Nullable Integer done) {
        here.decrementAndGet();
        Turn<Integer, Integer> turn = desk.next(done);
        if (turn != null) {
            mostHere.accumulateAndGet(here.incrementAndGet(), Math::max);
        }
        return turn;
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    private void lead(Lead<Integer> round) {
        leadersAtOnce.accumulateAndGet(leading.incrementAndGet(), Math::max);
        if (rounds.incrementAndGet() % failEvery == 0) {
            leading.decrementAndGet();
            assertThat(desk.failed(round, 1)).isZero();
            return;
        }
        stored.addAll(round.finished());
        List<Integer> work = new ArrayList<>();
        for (int i = 0; i < round.wanted(); i++) {
            Integer item = ready.poll();
            if (item != null) {
                work.add(item);
            }
        }
        spin(COMMIT_SPINS);
        leading.decrementAndGet();
        call(desk.lead(round, work));
    }
}
