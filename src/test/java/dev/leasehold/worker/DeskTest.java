package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeskTest {

    private static final long KEEP_MILLIS = 60_000;

    private final Desk<String, String> desk = new Desk<>(KEEP_MILLIS);
    private final List<Seat> seats = new ArrayList<>();

    /** A thread that takes one turn. */
    private static final class Seat {
        private final CompletableFuture<@Nullable Turn<String, String>> turn = new CompletableFuture<>();
        private final Thread thread;

        Seat(Desk<String, String> desk, @Nullable String done) {
            thread = new Thread(() -> turn.complete(desk.next(done)));
            thread.setDaemon(true);
            thread.start();
        }

        Seat waits() {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> thread.getState() == Thread.State.TIMED_WAITING && !turn.isDone());
            return this;
        }

        @Nullable
        Turn<String, String> turn() {
            return turn.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    @BeforeEach
    void open() {
        desk.open(10);
    }

    @AfterEach
    void sendHome() {
        desk.open(Desk.NO_MORE);
        seats.forEach(seat -> seat.turn());
    }

    @Test
    void aRingWithNobodyHereCallsOneInAndItLeads() {
        assertThat(desk.ring(null)).isEqualTo(1);

        assertThat(newcomer(null).turn()).isEqualTo(new Turn<>(null, new Lead<>(List.of(), 1)));
    }

    @Test
    void aRingWithSomebodyWaitingCallsNobodyIn() {
        Seat waiting = newcomer(null).waits();

        assertThat(desk.ring(null)).isZero();
        assertThat(waiting.turn()).isEqualTo(new Turn<>(null, new Lead<>(List.of(), 1)));
    }

    @Test
    void withoutClaimingARingIsNotHeardAndALeaderOnlyStores() {
        desk.claim(false);

        desk.ring(null);
        assertThat(newcomer("done").turn()).isEqualTo(new Turn<>(null, new Lead<>(List.of("done"), 0)));
    }

    @Test
    void aPassThatEndsTakesItsBellAlong() {
        desk.ring(null);
        desk.claim(false);
        desk.claim(true);

        newcomer(null).waits();
    }

    @Test
    void threadsBeyondTheDesksSizeAreNotClaimedFor() {
        Seat one = newcomer(null).waits();
        Seat other = newcomer(null).waits();
        desk.open(1);

        assertThat(desk.settled(() -> 0, 100)).isTrue();
        desk.ring(null);
        assertThat(CompletableFuture.anyOf(one.turn, other.turn).join())
                .isEqualTo(new Turn<>(null, new Lead<>(List.of(), 1)));
        desk.lead(new Lead<>(List.of(), 1), List.of());
    }

    @Test
    void itIsSettledWhenOnlyParkedThreadsHaveSomethingInHand() {
        assertThat(desk.ring(null)).isEqualTo(1);
        assertThat(desk.settled(() -> 0, 20)).isFalse();
        newcomer(null).turn();
        assertThat(desk.settled(() -> 0, 20)).isFalse();
        desk.lead(new Lead<>(List.of(), 1), List.of());
        assertThat(desk.settled(() -> 0, 20)).isFalse();
        assertThat(desk.settled(() -> 1, 20)).isTrue();
    }

    @Test
    void noMoreAreCalledInThanMayBeHere() {
        desk.open(2);

        assertThat(List.of(desk.ring(null), desk.ring(null), desk.ring(null))).isEqualTo(List.of(1, 1, 0));
        desk.enter();
        assertThat(desk.ring(null)).isZero();
        desk.excuse();
        assertThat(desk.ring(null)).isEqualTo(1);
    }

    @Test
    void aClosedDeskCallsNobodyIn() {
        desk.open(0);
        assertThat(desk.ring(null)).isZero();
    }

    @Test
    void aLeaderWantsAsManyAsThreadsWaitAndEachGetsOne() {
        List<Seat> waiting = List.of(
                newcomer(null).waits(), newcomer(null).waits(), newcomer(null).waits());
        desk.ring(null);
        Seat leader = anyDone(waiting);
        Lead<String> lead = leader.turn().lead();

        assertThat(lead).isEqualTo(new Lead<>(List.of(), 3));
        desk.lead(lead, List.of("a", "b", "c"));

        List<String> started = new ArrayList<>(List.of(again(null).turn().started()));
        waiting.stream()
                .filter(seat -> seat != leader)
                .forEach(seat -> started.add(seat.turn().started()));
        assertThat(started).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aClaimThatWasNotFilledCallsNobodyInAndIsNotRepeated() {
        Seat waiting = newcomer(null).waits();
        desk.ring(null);
        Lead<String> lead = waiting.turn().lead();

        assertThat(desk.lead(lead, List.of())).isZero();
        again(null).waits();
    }

    @Test
    void aFilledClaimIsFollowedByAnotherAndCallsInAllWhoMayCome() {
        desk.ring(null);
        Lead<String> lead = newcomer(null).turn().lead();
        assertThat(desk.lead(lead, List.of("a"))).isEqualTo(9);

        assertThat(again(null).turn()).isEqualTo(new Turn<>("a", null));
        assertThat(newcomer(null).turn()).isEqualTo(new Turn<>(null, new Lead<>(List.of(), 1)));
    }

    @Test
    void whatWasFinishedGoesWithALeaderAtOnce() {
        assertThat(newcomer("done").turn()).isEqualTo(new Turn<>(null, new Lead<>(List.of("done"), 1)));
    }

    @Test
    void whatIsFinishedMeanwhileGoesWithTheNextLeader() {
        Lead<String> first = newcomer("one").turn().lead();
        Seat second = newcomer("two").waits();
        Seat third = newcomer("three").waits();

        desk.lead(first, List.of());

        Lead<String> next = anyDone(List.of(second, third)).turn().lead();
        assertThat(next).isEqualTo(new Lead<>(List.of("two", "three"), 2));
        desk.lead(next, List.of());
    }

    @Test
    void atALargeDeskManyResultsGoBesideARoundAndClaimForHalfOfTheThreadsAtMost() {
        desk.open(2 * Desk.LARGE);
        Lead<String> first = newcomer("first").turn().lead();
        for (int i = 1; i < Desk.LARGE; i++) {
            newcomer("result " + i).waits();
        }
        newcomer(null).waits();

        Lead<String> second = newcomer("last").turn().lead();

        assertThat(first).isEqualTo(new Lead<>(List.of("first"), 1));
        assertThat(second.finished()).hasSize(Desk.LARGE).contains("result 1", "last");
        assertThat(second.wanted()).isEqualTo(Desk.LARGE);
        desk.lead(first, List.of());
        desk.lead(second, List.of());
    }

    @Test
    void everyRunThatWasFetchedIsBegunAlsoWhereHandlersLast() {
        List<Seat> waiting =
                IntStream.range(0, 9).mapToObj(i -> newcomer(null).waits()).toList();
        desk.ring(null);
        Seat leader = anyDone(waiting);

        desk.lead(
                leader.turn().lead(),
                IntStream.range(0, 9).mapToObj(String::valueOf).toList());

        List<String> begun = waiting.stream()
                .filter(seat -> seat != leader)
                .map(seat -> seat.turn().started())
                .toList();
        assertThat(begun).hasSize(8).doesNotContainNull().doesNotHaveDuplicates();
    }

    @Test
    void aRingDuringARoundIsNotLost() {
        Lead<String> round = newcomer("one").turn().lead();
        assertThat(desk.ring(null)).isZero();

        desk.lead(round, List.of());

        assertThat(again(null).turn()).isEqualTo(new Turn<>(null, new Lead<>(List.of(), 1)));
    }

    @Test
    void whatAFailedLeaderTookIsFirstInLineAgain() {
        Lead<String> failed = newcomer("one").turn().lead();
        Seat other = newcomer("two").waits();

        assertThat(desk.failed(failed, 1)).isZero();

        assertThat(other.turn()).isEqualTo(new Turn<>(null, new Lead<>(List.of("one", "two"), 1)));
    }

    @Test
    void nobodyLeadsWhileAFailedLeaderPausesAndClosingEndsThePause() {
        Lead<String> failed = newcomer("one").turn().lead();
        Seat other = newcomer("two").waits();
        CompletableFuture<Integer> dropped = new CompletableFuture<>();
        Thread pausing = new Thread(() -> dropped.complete(desk.failed(failed, KEEP_MILLIS)));
        pausing.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> pausing.getState() == Thread.State.TIMED_WAITING);

        assertThat(desk.ring(null)).isZero();
        other.waits();
        desk.open(0);
        assertThat(dropped).isNotDone();
        desk.open(Desk.NO_MORE);

        assertThat(dropped.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(2);
        assertThat(other.turn()).isNull();
    }

    @Test
    void aLeaderThatFailsWhereThereIsNoMoreDropsWhatItTookAndAllGoHome() {
        desk.enter();
        desk.open(Desk.NO_MORE);
        Lead<String> last = again("done").turn().lead();

        assertThat(desk.failed(last, KEEP_MILLIS)).isEqualTo(1);

        assertThat(again(null).turn()).isNull();
        assertThat(desk.emptied(30_000)).isTrue();
    }

    @Test
    void aClosedDeskSendsAllHomeThatHaveNothingInHand() {
        List<Seat> waiting = List.of(newcomer(null).waits(), newcomer(null).waits());
        assertThat(desk.emptied(1)).isFalse();

        desk.open(0);

        assertThat(waiting).allSatisfy(seat -> assertThat(seat.turn()).isNull());
        assertThat(desk.emptied(30_000)).isTrue();
    }

    @Test
    void aLeaderThatFailsAtAClosedDeskKeepsWhatItTookAndLeadsAgain() {
        desk.enter();
        desk.open(0);
        Lead<String> last = again("done").turn().lead();

        assertThat(desk.failed(last, 1)).isZero();

        assertThat(again(null).turn().lead()).isEqualTo(new Lead<>(List.of("done"), 0));
    }

    @Test
    void aClosedDeskStillStoresWhatIsFinishedAndClaimsNothing() {
        desk.enter();
        desk.open(0);
        Lead<String> last = again("done").turn().lead();

        assertThat(last).isEqualTo(new Lead<>(List.of("done"), 0));
        assertThat(desk.lead(last, List.of())).isZero();
        assertThat(again(null).turn()).isNull();
        assertThat(desk.emptied(30_000)).isTrue();
    }

    @Test
    void whatWasStartedIsHandedOutAlsoAfterClosing() {
        desk.ring(null);
        Lead<String> lead = newcomer(null).turn().lead();
        desk.open(0);
        desk.lead(lead, List.of("a"));

        assertThat(again(null).turn()).isEqualTo(new Turn<>("a", null));
    }

    @Test
    void anIdleThreadGoesHomeAfterItsTimeAndNotBefore() {
        Desk<String, String> brief = new Desk<>(50);
        brief.open(1);
        brief.enter();
        long before = System.nanoTime();

        assertThat(brief.next(null)).isNull();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(brief.emptied(1)).isTrue();
        assertThat(brief.ring(null)).isEqualTo(1);
    }

    @Test
    void aThreadLeavesAtOnceWhenThereIsNothingToDo() {
        desk.ring(null);
        Lead<String> fruitless = newcomer(null).turn().lead();
        desk.lead(fruitless, List.of());

        assertThat(desk.leave(false)).isTrue();
        assertThat(desk.emptied(1)).isTrue();
        assertThat(desk.ring(null)).isEqualTo(1);
        desk.excuse();
    }

    @Test
    void aThreadStaysWhenItWasRungMeanwhileUnlessItMustLeave() {
        desk.ring(null);
        Lead<String> fruitless = newcomer(null).turn().lead();
        desk.ring(null);
        desk.lead(fruitless, List.of());

        assertThat(desk.leave(false)).isFalse();
        assertThat(desk.emptied(1)).isFalse();
        assertThat(desk.leave(true)).isTrue();
        assertThat(desk.emptied(1)).isTrue();
    }

    @Test
    void anIdleThreadStaysWhileSomebodyLeads() {
        Desk<String, String> brief = new Desk<>(20);
        brief.open(2);
        brief.enter();
        Lead<String> lead = brief.next("done").lead();
        brief.enter();
        CompletableFuture<@Nullable Turn<String, String>> other = CompletableFuture.supplyAsync(() -> brief.next(null));

        await().during(Duration.ofMillis(100)).atMost(Duration.ofSeconds(30)).until(() -> !other.isDone());
        brief.lead(lead, List.of("a"));

        assertThat(other.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(new Turn<>("a", null));
    }

    private Seat newcomer(@Nullable String done) {
        desk.enter();
        return again(done);
    }

    private Seat again(@Nullable String done) {
        Seat seat = new Seat(desk, done);
        seats.add(seat);
        return seat;
    }

    private static Seat anyDone(List<Seat> some) {
        await().atMost(Duration.ofSeconds(30)).until(() -> some.stream().anyMatch(seat -> seat.turn.isDone()));
        return some.stream().filter(seat -> seat.turn.isDone()).findFirst().orElseThrow();
    }
}
