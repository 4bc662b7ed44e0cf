package dev.leasehold.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.Order;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.EventStatement.Part;
import dev.leasehold.sql.FeedStatement.Place;
import dev.leasehold.sql.FeedStatement.Wanted;
import dev.leasehold.tenant.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class FeedTest {

    private static final Wanted ALL = new Wanted(null, null, null);

    private final ExecutorService aside = Executors.newSingleThreadExecutor();
    private final Database database;
    private final Fixture queue;

    FeedTest(Database database) {
        this.database = database;
        queue = new Fixture(database);
    }

    @AfterEach
    void close() {
        aside.shutdownNow();
        queue.close();
    }

    @Test
    void anEmptyFeedAnswersThePlaceWhereItStarts() {
        Feed.Page page = page(Feed.START, ALL, 10);

        assertThat(page.events()).isEmpty();
        assertThat(page.next()).isEqualTo(Feed.START);
        assertThat(page.lag()).isZero();
    }

    @Test
    void eventsComeInPagesAndTheLastPlaceWaitsForMore() {
        List<UUID> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            runs.add(queue.run(NewTask.of("mail")));
        }

        Feed.Page first = page(Feed.START, ALL, 3);
        Feed.Page second = page(first.next(), ALL, 3);
        Feed.Page third = page(second.next(), ALL, 3);
        UUID late = queue.run(NewTask.of("mail"));
        Feed.Page fourth = page(third.next(), ALL, 3);

        assertThat(first.events()).extracting(EventRow::runId).containsExactlyElementsOf(runs.subList(0, 3));
        assertThat(second.events()).extracting(EventRow::runId).containsExactlyElementsOf(runs.subList(3, 5));
        assertThat(third.events()).isEmpty();
        assertThat(third.next()).isEqualTo(second.next());
        assertThat(fourth.events()).extracting(EventRow::runId).containsExactly(late);
    }

    @Test
    void theEventsOfOneTransactionAreDividedBetweenPages() {
        queue.submit(NewTask.of("mail"), NewTask.of("mail"), NewTask.of("mail"), NewTask.of("mail"));

        Feed.Page first = page(Feed.START, ALL, 3);
        Feed.Page second = page(first.next(), ALL, 3);

        assertThat(first.events())
                .hasSize(3)
                .extracting(EventRow::pos)
                .containsOnly(second.events().get(0).pos());
        assertThat(second.events()).hasSize(1).doesNotContainAnyElementsOf(first.events());
    }

    @Test
    void whatIsStillToComeHasAnAge() {
        queue.run(NewTask.of("mail"));
        queue.clock.advance(Duration.ofSeconds(5));
        queue.run(NewTask.of("mail"));
        queue.clock.advance(Duration.ofSeconds(3));

        assertThat(page(Feed.START, ALL, 1).lag()).isEqualTo(Duration.ofSeconds(3));
        assertThat(page(Feed.START, ALL, 2).lag()).isZero();
    }

    @Test
    void anOpenTransactionHoldsBackWhatIsCommittedAfterItBegan() {
        UUID first = queue.run(NewTask.of("mail"));
        List<UUID> within = queue.in(() -> {
            UUID early = queue.run(NewTask.of("mail"));
            UUID late = meanwhile(() -> queue.run(NewTask.of("mail")));
            queue.clock.advance(Duration.ofSeconds(2));
            Feed.Page held = meanwhile(() -> page(Feed.START, ALL, 10));
            assertThat(held.events()).extracting(EventRow::runId).containsExactly(first);
            assertThat(held.lag()).isEqualTo(Duration.ofSeconds(2));
            assertThat(meanwhile(() -> page(held.next(), ALL, 10)).events()).isEmpty();
            assertThat(queue.get(History.class)
                            .oldest(Fixture.CALLER, early, new Part(0, 9, 9))
                            .events())
                    .as("a run's own events wait for nobody")
                    .hasSize(1);
            return List.of(early, late);
        });

        Feed.Page all = page(Feed.START, ALL, 10);
        assertThat(all.events()).extracting(EventRow::runId).containsExactly(first, within.get(0), within.get(1));
        assertThat(all.lag()).isZero();
    }

    @Test
    void aTransactionThatIsRolledBackHoldsBackNothingAnyMore() {
        assertThatThrownBy(() -> queue.in(() -> {
                    queue.run(NewTask.of("mail"));
                    throw new IllegalStateException("given up");
                }))
                .hasMessage("given up");

        UUID run = queue.run(NewTask.of("mail"));

        assertThat(page(Feed.START, ALL, 10).events())
                .extracting(EventRow::runId)
                .containsExactly(run);
    }

    @Test
    void anEarlierTransactionThatComesToARunLateStandsBehindItsOtherEvents() {
        UUID run = queue.run(NewTask.of("mail"));
        queue.in(() -> {
            queue.run(NewTask.of("other"));
            meanwhile(() -> queue.claim(1, "mail"));
            return queue.cancel(Order.of(run));
        });

        List<EventRow> events =
                page(Feed.START, new Wanted(null, run, null), 10).events();
        assertThat(events).extracting(EventRow::version).containsExactly(1, 2, 3);
        assertThat(page(Feed.START, ALL, 10).events()).containsAll(events).hasSize(4);
        queue.verify();
    }

    @Test
    void eventsAreFilteredByTypeRunAndTask() {
        UUID mail = queue.run(NewTask.of("mail"));
        UUID report = queue.run(NewTask.of("report"));
        queue.claim(1, "mail");
        queue.claim(1, "report");
        UUID task = queue.row(report).taskId();

        assertThat(page(Feed.START, new Wanted("run.started", null, null), 10).events())
                .extracting(EventRow::runId)
                .containsExactly(mail, report);
        assertThat(page(Feed.START, new Wanted(null, mail, null), 10).events())
                .extracting(EventRow::runId, EventRow::version)
                .containsExactly(tuple(mail, 1), tuple(mail, 2));
        assertThat(page(Feed.START, new Wanted(null, null, task), 10).events())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.taskId()).isEqualTo(task));
        assertThat(page(Feed.START, new Wanted("run.started", report, task), 10).events())
                .hasSize(1);
        assertThat(page(Feed.START, new Wanted(null, mail, task), 10).events()).isEmpty();
        assertThat(page(Feed.START, new Wanted(null, null, UUID.randomUUID()), 10)
                        .events())
                .isEmpty();
    }

    @Test
    void aPageWithoutAnythingThatIsWantedMovesOnAllTheSame() {
        UUID run = queue.run(NewTask.of("mail"));
        List<Wanted> nothing = List.of(
                new Wanted("run.held", null, null),
                new Wanted(null, UUID.randomUUID(), null),
                new Wanted(null, null, UUID.randomUUID()),
                new Wanted("run.held", run, null));

        List<Place> reached = nothing.stream()
                .map(wanted -> page(Feed.START, wanted, 10).next())
                .toList();

        assertThat(reached).doesNotContain(Feed.START);
        UUID later = queue.run(NewTask.of("mail"));
        reached.forEach(place -> assertThat(page(place, ALL, 10).events())
                .extracting(EventRow::runId)
                .containsExactly(later));
    }

    @Test
    void aFullPageOfAFilterLeavesOutNothingThatFollows() {
        for (int i = 0; i < 4; i++) {
            queue.run(NewTask.of("mail"));
            queue.claim(1, "mail");
        }
        for (Wanted wanted :
                List.of(new Wanted("run.started", null, null), new Wanted("run.promoted", null, null), ALL)) {
            List<EventRow> paged = new ArrayList<>();
            Place place = Feed.START;
            for (Feed.Page page = page(place, wanted, 1); !page.events().isEmpty(); page = page(place, wanted, 1)) {
                paged.addAll(page.events());
                place = page.next();
            }
            assertThat(paged).isEqualTo(page(Feed.START, wanted, 100).events());
            assertThat(paged).hasSize(wanted.equals(ALL) ? 8 : 4);
        }
    }

    @Test
    void positionsMayBeFarApart() {
        UUID near = queue.run(NewTask.of("mail"));
        UUID far = queue.run(NewTask.of("mail"));
        queue.tamper("update leasehold.event set pos = 7000000000000 where run_id = '" + far + "'");

        try (Fixture restarted = new Fixture(database, queue.dataSource)) {
            for (Wanted wanted : List.of(ALL, new Wanted("run.promoted", null, null), new Wanted(null, far, null))) {
                List<EventRow> events = restarted
                        .in(() -> restarted.get(Feed.class).page(Fixture.CALLER, Feed.START, wanted, 10))
                        .events();
                assertThat(events)
                        .extracting(EventRow::runId)
                        .containsExactlyElementsOf(wanted.runId() == null ? List.of(near, far) : List.of(far));
            }
        }
    }

    @Test
    void aPlaceAheadOfTheFeedIsRefused() {
        queue.run(NewTask.of("mail"));
        Place ahead = new Place(Long.MAX_VALUE / 2, new UUID(1, 1), 1);

        assertThatThrownBy(() -> page(ahead, ALL, 10))
                .isInstanceOf(InvalidCursor.class)
                .hasMessageContaining("ahead");
    }

    @Test
    void anotherTenantsEventsAreNotThere() {
        UUID run = queue.run(NewTask.of("mail"));
        Caller stranger = new Caller(UUID.fromString("00000000-0000-7000-8000-000000000002"), "stranger");
        for (Wanted wanted : List.of(ALL, new Wanted("run.promoted", null, null), new Wanted(null, run, null))) {
            Feed.Page page = queue.in(() -> queue.get(Feed.class).page(stranger, Feed.START, wanted, 10));
            assertThat(page).isEqualTo(new Feed.Page(List.of(), Feed.START, Duration.ZERO));
        }
    }

    private Feed.Page page(Place after, Wanted wanted, int limit) {
        return queue.in(() -> queue.get(Feed.class).page(Fixture.CALLER, after, wanted, limit));
    }

    /** What another thread, in a transaction of its own, does now. */
    private <T> T meanwhile(Callable<T> work) {
        Future<T> done = aside.submit(work);
        try {
            return done.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
