package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.tenant.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One reader: what it is sent, and what becomes of it when it takes nothing, on a server that holds who writes and on one
 * that calls when it takes more; time passes when a test says so.
 */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class EventStreamTest {

    private static final FollowingRun START = new FollowingRun(Caller.system("test"), new UUID(0, 7), 0);
    private static final String OPENING = "retry: 1000\n\n";
    private static final String LAGGED = "event: lagged\ndata: {\"error\":\"lagged\",\"message\":\"events were taken"
            + " too slowly; come back with the last id\"}\n\n";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TestReader reader = new TestReader();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger taken = new AtomicInteger();
    private final boolean holds;
    private final EventStream stream;

    EventStreamTest(boolean holds) {
        this.holds = holds;
        stream = new EventStream(this::output, START, Duration.ofSeconds(5), over -> told.add("over"), nanos::get);
    }

    private StreamOutput output(Runnable over) {
        return holds ? new HoldingOutput(reader, over, nanos::get) : new CallingOutput(reader, over, nanos::get);
    }

    @Test
    void whatIsSentReachesTheReaderAndMovesItsPlace() {
        stream.open(part("one", 1), this::taken);
        assertThat(reader.text()).isEqualTo(OPENING + "one");
        stream.send(part("two", 2), this::taken);

        assertThat(reader.text()).isEqualTo(OPENING + "onetwo");
        assertThat(stream.place()).isEqualTo(part("", 2).next());
        assertThat(told).isEmpty();
        assertThat(taken).hasValue(2);
    }

    @Test
    void whoTookItsTimeIsToldSoAndLosesItsConnection() throws Exception {
        CompletableFuture<Boolean> sending = send();
        at(5);
        stream.hurry();
        reader.takes();

        assertThat(sending).succeedsWithin(LIMIT).isEqualTo(false);
        stream.send(part("three", 3), this::taken);
        assertThat(reader.text()).isEqualTo(OPENING + "two" + LAGGED);
        assertThat(told).containsExactly("over");
        assertThat(taken).as("the part that was late leads to no other").hasValue(2);
    }

    @Test
    void whoTakesItInTimeGoesOn() throws Exception {
        CompletableFuture<Boolean> sending = send();
        at(4);
        stream.hurry();
        reader.takes();

        assertThat(sending).succeedsWithin(LIMIT);
        stream.send(part("three", 3), this::taken);
        assertThat(reader.text()).isEqualTo(OPENING + "twothree");
        assertThat(taken).hasValue(3);
    }

    @Test
    void whoTakesNothingForTwiceThatLongFreesItsThread() throws Exception {
        CompletableFuture<Boolean> sending = send();
        at(9);
        stream.hurry();
        assertThat(told).isEmpty();
        at(10);
        stream.hurry();

        assertThat(sending).succeedsWithin(LIMIT).as("still interrupted").isEqualTo(false);
        assertThat(told).containsExactly("over");
        stream.send(part("three", 3), this::taken);
        assertThat(reader.text()).isEqualTo(OPENING);
    }

    @Test
    void anEndFreesTheThreadToo() throws Exception {
        CompletableFuture<Boolean> sending = send();

        stream.end();

        assertThat(sending).succeedsWithin(LIMIT).as("still interrupted").isEqualTo(false);
        assertThat(told).containsExactly("over");
    }

    @Test
    void nobodyIsHurriedWhoIsSentNothing() {
        stream.open(part("one", 1), this::taken);
        at(100);
        stream.hurry();
        stream.send(part("two", 2), this::taken);

        assertThat(reader.text()).isEqualTo(OPENING + "onetwo");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whoIsGoneIsNotWrittenTo() {
        stream.open(part("", 0), this::taken);
        reader.leaves();

        stream.send(part("one", 1), this::taken);
        stream.end();
        stream.send(part("two", 2), this::taken);

        assertThat(reader.text()).isEqualTo(OPENING);
        assertThat(told).containsExactly("over");
    }

    @Test
    void whoseServerBreaksIsNotWrittenToAgain() {
        stream.open(part("", 0), this::taken);
        reader.breaks();

        stream.send(part("one", 1), this::taken);
        stream.send(part("two", 2), this::taken);
        at(100);
        stream.hurry();

        assertThat(reader.text()).isEqualTo(OPENING);
        assertThat(told).containsExactly("over");
        assertThat(stream.isOver()).isTrue();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void silenceIsBrokenInTime() {
        stream.open(part("", 0), this::taken);
        at(7);
        nothingNew();
        assertThat(reader.text()).isEqualTo(OPENING);
        at(8);
        assertThat(stream.isSilent()).isTrue();
        nothingNew();
        assertThat(reader.text()).isEqualTo(OPENING + ": nothing new\n\n");
        at(9);
        stream.send(part("one", 1), this::taken);
        at(16);
        nothingNew();
        at(17);
        nothingNew();

        assertThat(reader.text()).isEqualTo(OPENING + ": nothing new\n\none: nothing new\n\n");
    }

    @Test
    void whoseEventsNobodyWantsIsToldHowFarItIs() {
        stream.open(part("", 0), this::taken);
        stream.send(part("", 5), this::taken);
        at(8);
        nothingNew();
        at(16);
        nothingNew();

        assertThat(reader.text()).isEqualTo(OPENING + ": nothing new\nid: 5\n\n: nothing new\n\n");
    }

    /** Sends to a reader who takes nothing; what comes of it says whether a thread that was held was left interrupted. */
    private CompletableFuture<Boolean> send() throws InterruptedException {
        stream.open(part("", 0), this::taken);
        reader.takesNothing();
        if (!holds) {
            stream.send(part("two", 2), this::taken);
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> sending = CompletableFuture.supplyAsync(() -> {
            stream.send(part("two", 2), this::taken);
            return Thread.interrupted();
        });
        reader.awaitHolding();
        return sending;
    }

    private void nothingNew() {
        stream.send(Following.nothing(stream.place()), this::taken);
    }

    private void taken() {
        taken.incrementAndGet();
    }

    private void at(int second) {
        nanos.set(Duration.ofSeconds(second).toNanos());
    }

    private static Following.Part part(String text, int last) {
        return new Following.Part(text, new FollowingRun(START.caller(), START.run(), last), false);
    }
}
