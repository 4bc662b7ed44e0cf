package dev.leasehold.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leasehold.time.Stopwatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who comes alone does not wait, who comes meanwhile is done with the others, and nobody pays for another's failure. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCommitTest {

    private static final int MOST = 3;

    private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile Duration patience = Duration.ofHours(1);
    private final GroupCommit<Integer, String> group =
            new GroupCommit<>(MOST, () -> new Stopwatch(patience), "nobody knows", this::work);

    /** The first waits for the gate; 13 brings bad luck to all, 100 is no number and 200 is the end. */
    private @Nullable List<String> work(List<Integer> items) {
        groups.add(items);
        if (items.equals(List.of(1))) {
            pass();
        }
        if (items.contains(200)) {
            throw new AssertionError("the end");
        }
        if (items.equals(List.of(100))) {
            throw new IllegalArgumentException("no number");
        }
        return items.size() > 1 && items.contains(13)
                ? null
                : items.stream().map(one -> "did " + one).toList();
    }

    private void pass() {
        try {
            assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletableFuture<String> call(int item) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(group.call(item));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        waits(thread, result);
        return result;
    }

    private static void waits(Thread thread, CompletableFuture<String> result) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> thread.getState() == Thread.State.TIMED_WAITING || result.isDone());
    }

    private static String result(CompletableFuture<String> call) {
        return call.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void whoComesAloneIsDoneAtOnce() {
        assertThat(group.call(5)).isEqualTo("did 5");
        assertThat(group.call(6)).isEqualTo("did 6");
        assertThat(groups).containsExactly(List.of(5), List.of(6));
    }

    @Test
    void whoComesMeanwhileMakesUpTheNextGroups() {
        List<CompletableFuture<String>> calls =
                IntStream.rangeClosed(1, 6).mapToObj(this::call).toList();
        gate.countDown();

        assertThat(calls.stream().map(GroupCommitTest::result))
                .containsExactly("did 1", "did 2", "did 3", "did 4", "did 5", "did 6");
        assertThat(groups).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5, 6));
    }

    @Test
    void whereOneSpoilsItEachIsDoneAlone() {
        List<CompletableFuture<String>> calls =
                IntStream.of(1, 2, 13, 100).mapToObj(this::call).toList();
        gate.countDown();

        assertThat(result(calls.get(1))).isEqualTo("did 2");
        assertThat(result(calls.get(2))).isEqualTo("did 13");
        assertThatThrownBy(() -> result(calls.get(3)))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(groups.subList(0, 2)).containsExactly(List.of(1), List.of(2, 13, 100));
        assertThat(groups.subList(2, 5)).containsExactlyInAnyOrder(List.of(2), List.of(13), List.of(100));
    }

    @Test
    void whoeverLeadsAndFailsPassesTheLeadOn() {
        List<CompletableFuture<String>> calls =
                IntStream.of(1, 200, 2, 3, 4).mapToObj(this::call).toList();
        gate.countDown();

        assertThatThrownBy(() -> result(calls.get(1))).hasCauseInstanceOf(AssertionError.class);
        assertThat(calls.stream().skip(2).map(GroupCommitTest::result))
                .containsExactly("nobody knows", "nobody knows", "did 4");
        assertThat(group.call(5)).isEqualTo("did 5");
        assertThat(groups).containsExactly(List.of(1), List.of(200, 2, 3), List.of(4), List.of(5));
    }

    @Test
    void whoLosesPatienceGoesAloneAndLeavesTheLeadToOthers() {
        CompletableFuture<String> first = call(1);
        patience = Duration.ofMillis(1);

        assertThat(result(call(2))).isEqualTo("did 2");
        assertThat(first).isNotDone();

        patience = Duration.ofHours(1);
        gate.countDown();
        assertThat(result(first)).isEqualTo("did 1");
        assertThat(group.call(3)).isEqualTo("did 3");
        assertThat(groups).containsExactly(List.of(1), List.of(2), List.of(3));
    }

    @Test
    void anInterruptNeitherEndsTheWaitNorIsForgotten() {
        CompletableFuture<String> first = call(1);
        AtomicBoolean kept = new AtomicBoolean();
        CompletableFuture<String> second = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            String result = group.call(2);
            kept.set(Thread.interrupted());
            second.complete(result);
        });
        thread.start();
        waits(thread, second);
        thread.interrupt();
        await().atMost(Duration.ofSeconds(30)).until(() -> !thread.isInterrupted());
        gate.countDown();

        assertThat(result(first)).isEqualTo("did 1");
        assertThat(result(second)).isEqualTo("did 2");
        assertThat(kept).isTrue();
        assertThat(groups).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void manyThreadsGetEachTheirOwn() {
        gate.countDown();
        List<CompletableFuture<Boolean>> all = IntStream.range(0, 8)
                .mapToObj(thread -> CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, 2_000)
                                .map(i -> 1_000 + i * 8 + thread)
                                .allMatch(item -> group.call(item).equals("did " + item)),
                        task -> new Thread(task).start()))
                .toList();

        assertThat(all.stream().map(one -> one.orTimeout(30, TimeUnit.SECONDS).join()))
                .containsOnly(true);
        assertThat(groups.stream().mapToInt(List::size).sum()).isEqualTo(16_000);
        assertThat(groups).allMatch(one -> one.size() <= MOST).anyMatch(one -> one.size() > 1);
    }
}
