package dev.leasehold.http;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.EndBell;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Database;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class WaitingReadersTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(2);
    private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    private final List<Thread> answering = new CopyOnWriteArrayList<>();
    private final Fixture queue;
    private final WaitingReaders readers;
    private boolean gone;
    private volatile String pollSecs = "1";

    WaitingReadersTest(Database database) {
        queue = new Fixture(database);
        queue.put(Settings.class, new Settings(this::setting));
        readers = queue.get(WaitingReaders.class);
        readers.executor = (ManagedScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ManagedScheduledExecutorService.class},
                (proxy, method, arguments) -> method.invoke(threads, arguments));
    }

    private @Nullable String setting(String key) {
        return switch (key) {
            case "leasehold.max-waiting-polls" -> "2";
            case "leasehold.poll-secs" -> pollSecs;
            default -> null;
        };
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        queue.close();
    }

    @Test
    void whoDoesNotWaitIsAnsweredAtOnce() {
        UUID run = queue.run(NewTask.of("mail"));

        ask(run, Duration.ZERO);

        assertThat(answers.poll().toString()).contains("\"state\":\"Ready\"");
    }

    @Test
    void aRunThatHasEndedIsNotWaitedFor() {
        UUID run = queue.run(NewTask.of("mail"));
        queue.cancel(Order.of(run));

        ask(run, LONG);

        assertThat(answers.poll().toString()).contains("\"state\":\"Canceled\"");
        assertThatThrownBy(() -> ask(new UUID(4, 4), LONG)).isInstanceOf(RunNotFound.class);
    }

    @Test
    void whoWaitsIsAnsweredWhenTheRunIsFinishedHere() throws Exception {
        readers.begin();
        withoutLooking();
        UUID run = queue.run(NewTask.of("mail").maxAttempts(2));
        ask(run, LONG);
        ask(run, LONG);

        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no", Duration.ZERO)));
        queue.promote(1);
        assertThat(answers).isEmpty();
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.success()));

        assertThat(next()).contains("\"state\":\"Completed\"");
        assertThat(next()).contains("\"state\":\"Completed\"");
        assertThat(answering).doesNotContain(Thread.currentThread());
    }

    @Test
    void whoWaitsIsAnsweredWhenTheRunIsCanceledHere() throws Exception {
        readers.begin();
        withoutLooking();
        UUID run = queue.run(NewTask.of("mail"));
        ask(run, LONG);

        queue.cancel(Order.of(run));

        assertThat(next()).contains("\"state\":\"Canceled\"");
    }

    @Test
    void whatEndsElsewhereIsSeenByTheNextLook() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        UUID other = queue.run(NewTask.of("mail"));
        ask(run, LONG);
        ask(other, LONG);

        queue.cancel(Order.of(run));

        assertThat(next()).contains(run.toString()).contains("\"state\":\"Canceled\"");
        queue.cancel(Order.of(other));
        assertThat(next()).contains(other.toString());
    }

    @Test
    void whoseTimeIsOverIsAnsweredWithTheRunAsItIs() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));

        ask(run, Duration.ofMillis(20));

        assertThat(next()).contains("\"state\":\"Ready\"");
    }

    @Test
    void oneTooManyIsRefusedAndThereIsRoomAgainWhenOneLeft() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        UUID other = queue.run(NewTask.of("mail"));
        ask(run, LONG);
        ask(other, LONG);

        assertThatThrownBy(() -> ask(run, LONG)).isInstanceOf(TooManyWaiting.class);
        ask(run, Duration.ZERO);
        assertThat(next()).contains("\"state\":\"Ready\"");

        queue.cancel(Order.of(run));
        assertThat(next()).contains("\"state\":\"Canceled\"");
        ask(other, LONG);
        assertThat(answers).isEmpty();
    }

    @Test
    void whoLeftTakesNoRoom() {
        UUID run = queue.run(NewTask.of("mail"));
        ask(run, LONG);
        ask(run, LONG);
        gone = true;

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try {
                ask(run, LONG);
                return true;
            } catch (TooManyWaiting e) {
                return false;
            }
        });
    }

    @Test
    void allAreAnsweredWhenTheApplicationEnds() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        ask(run, LONG);

        readers.end();

        assertThat(next()).contains("\"state\":\"Ready\"");
        ask(run, LONG);
        assertThat(next()).contains("\"state\":\"Ready\"");
    }

    /** Only the bell is left then. */
    private void withoutLooking() {
        pollSecs = "60";
        assertThat(readers.bell).isSameAs(queue.get(EndBell.class));
    }

    private void ask(UUID run, Duration patience) {
        readers.serve(new RunReader(CALLER, run, patience, this::take, () -> gone));
    }

    private void take(Object answer) {
        answering.add(Thread.currentThread());
        answers.add(answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : answer);
    }

    private String next() throws InterruptedException {
        return String.valueOf(answers.poll(30, TimeUnit.SECONDS));
    }
}
