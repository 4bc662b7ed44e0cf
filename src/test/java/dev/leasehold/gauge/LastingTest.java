package dev.leasehold.gauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LastingTest {

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void aValueServesUntilItIsOver() {
        Lasting<Integer> lasting = new Lasting<>(Duration.ofSeconds(50), made::incrementAndGet);

        assertThat(lasting.get()).isEqualTo(1);
        assertThat(lasting.get()).isEqualTo(1);
    }

    @Test
    void oneThatIsOverIsMadeAgain() {
        Lasting<Integer> none = new Lasting<>(Duration.ZERO, made::incrementAndGet);

        assertThat(none.get()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(30)).until(() -> none.get() > 1);
    }

    @Test
    void whatTookLongLastsLongerButNotForGood() {
        Lasting<Integer> value = new Lasting<>(Duration.ofSeconds(5), made::incrementAndGet);

        assertThat(value.lasts(Duration.ofMillis(1))).isEqualTo(Duration.ofSeconds(5));
        assertThat(value.lasts(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(20));
        assertThat(value.lasts(Duration.ofSeconds(30))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whoeverAsksWhileItIsMadeGetsTheOneBefore() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Lasting<Integer> slow = new Lasting<>(Duration.ZERO, () -> {
            int number = made.incrementAndGet();
            if (number == 2) {
                begun.countDown();
                awaited(goOn);
            }
            return number;
        });
        assertThat(slow.get()).isEqualTo(1);
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> second(slow));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(slow.get()).isEqualTo(1);
        goOn.countDown();
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }

    private static int second(Lasting<Integer> value) {
        int got = value.get();
        while (got < 2) {
            got = value.get();
        }
        return got;
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
