package dev.leasehold.retention;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Unique;
import dev.leasehold.database.Fixture;
import dev.leasehold.event.Cursor;
import dev.leasehold.event.CursorExpired;
import dev.leasehold.event.Feed;
import dev.leasehold.letter.LetterStatus;
import dev.leasehold.retention.RemoveRuns.Place;
import dev.leasehold.retention.RemoveRuns.Removed;
import dev.leasehold.retention.RemoveRuns.Stretch;
import dev.leasehold.run.Order;
import dev.leasehold.run.RerunRuns;
import dev.leasehold.schedule.DeriveRuns;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.FeedStatement.Wanted;
import dev.leasehold.stats.Stats;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ended long ago goes whole, and nothing else. */
@ParameterizedClass
@EnumSource(Database.class)
class RemoveRunsTest {

    private static final NewTask MAIL = NewTask.of("mail");
    private static final Wanted ALL = new Wanted(null, null, null);
    private static final Duration AGE = Duration.ofDays(30);
    private static final List<String> OF_RUNS = List.of("run", "event", "attempt", "event_data", "rerun", "firing");

    private final Fixture queue;

    RemoveRunsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void close() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aRunThatEndedGoesWholeAndItsTaskWithIt() {
        UUID run = ended();
        UUID rerun = rerun(run);
        queue.finish(Fixture.report(queue.claim(1, "mail").get(0), Outcome.success()));

        queue.clock.advance(AGE.plusSeconds(1));
        assertThat(removeAll()).isEqualTo(2);

        assertThat(rerun).isNotEqualTo(run);
        OF_RUNS.forEach(table -> assertThat(count(table)).as(table).isZero());
        assertThat(count("task")).isZero();
    }

    @Test
    void whatDidNotEndOrNotLongAgoStays() {
        queue.run(MAIL.scheduledAt(queue.clock.instant().plus(Duration.ofDays(90))));
        queue.run(NewTask.of("other"));
        Claimed held = queue.lease(1, "other").get(0);
        queue.clock.advance(AGE);
        ended();
        queue.clock.advance(AGE);

        assertThat(removeAll()).isZero();
        queue.clock.advance(Duration.ofNanos(1_000));
        assertThat(removeAll()).isOne();

        assertThat(count("run")).isEqualTo(2);
        assertThat(queue.leaseOf(held.runId())).isPresent();
    }

    @Test
    void countsSayWhatIsStillThere() {
        ended();
        queue.run(MAIL);
        queue.clock.advance(AGE.plusSeconds(1));

        removeAll();

        Stats.Counts counts = queue.in(() -> queue.get(Stats.class).of(CALLER));
        assertThat(counts.tasks()).isOne();
        assertThat(counts.attempts()).isZero();
        assertThat(counts.runs().values().stream().mapToLong(n -> n).sum()).isOne();
    }

    @Test
    void aTaskStaysWhileARunOfItDoesOrItRecurs() {
        UUID first = ended();
        queue.submit(NewTask.of("cron").cron(Cron.of("@hourly")));
        queue.in(() -> queue.get(DeriveRuns.class).execute(CALLER, List.of(500)));
        queue.clock.advance(AGE.plusSeconds(1));
        rerun(first);

        assertThat(removeAll()).isOne();

        assertThat(count("task")).isEqualTo(2);
        assertThat(queue.count("select count(*) from leasehold.run where task_id = (select task_id from leasehold.task"
                        + " where type = 'mail')"))
                .isOne();
    }

    @Test
    void aTaskThatIsTheOnlyOneForEverStaysForEver() {
        NewTask only = only(Unique.Until.FOREVER);
        UUID task = queue.submit(only).get(0).taskId();
        queue.finish(Fixture.report(queue.claim(1, "mail").get(0), Outcome.success()));
        queue.clock.advance(AGE.plusSeconds(1));

        assertThat(removeAll()).isZero();

        assertThat(queue.submit(only).get(0).taskId()).isEqualTo(task);
    }

    @Test
    void aTaskThatWasTheOnlyOneUntilItFinishedGoesAndMakesRoom() {
        NewTask only = only(Unique.Until.FINISHED);
        UUID task = queue.submit(only).get(0).taskId();
        queue.finish(Fixture.report(queue.claim(1, "mail").get(0), Outcome.success()));
        queue.clock.advance(AGE.plusSeconds(1));

        assertThat(removeAll()).isOne();

        assertThat(count("unique_task")).isZero();
        assertThat(queue.submit(only).get(0).taskId()).isNotEqualTo(task);
    }

    @Test
    void whoStandsBeforeWhatWentIsToldAndWhoStandsBehindMissesNothing() {
        ended();
        Feed.Page early = page(Feed.START, 1);
        Feed.Page whole = page(early.next(), 100);
        queue.clock.advance(AGE.plusSeconds(1));
        removeAll();
        UUID fresh = queue.run(MAIL);

        assertThatThrownBy(() -> page(early.next(), 100))
                .isInstanceOfSatisfying(
                        CursorExpired.class,
                        fault -> assertThat(fault.details()).containsEntry("oldest", Cursor.of(whole.next())));
        assertThat(page(whole.next(), 100).events()).extracting(EventRow::runId).containsExactly(fresh);
        assertThat(page(Feed.START, 100).events()).extracting(EventRow::runId).containsExactly(fresh);
    }

    @Test
    void anEmptyFeedGoesOnWhereItsLastEventStood() {
        ended();
        Feed.Page whole = page(Feed.START, 100);
        queue.clock.advance(AGE.plusSeconds(1));
        removeAll();

        Feed.Page empty = page(Feed.START, 100);

        assertThat(empty.events()).isEmpty();
        assertThat(empty.next()).isEqualTo(whole.next());
        assertThat(queue.count("select max(removed_pos) from leasehold.tenant"))
                .isEqualTo(whole.next().pos());
    }

    @Test
    void aTransactionRemovesSoManyEventsAndAtLeastOneRun() {
        UUID first = ended();
        UUID second = ended();
        queue.tamper("update leasehold.run set version = " + RemoveRuns.MOST_EVENTS + " where run_id in ('" + first
                + "', '" + second + "')");
        queue.clock.advance(AGE.plusSeconds(1));

        Removed one = remove(new Place(CALLER.tenant(), new UUID(0, 0)), 1000);
        Removed other = remove(Objects.requireNonNull(one.next()), 1000);

        assertThat(List.of(one.runs(), other.runs())).containsExactly(1, 1);
        assertThat(one.next()).isEqualTo(new Place(CALLER.tenant(), first));
    }

    @Test
    void whatAnotherHoldsIsPassedByAndFoundTheNextTime() throws SQLException {
        UUID held = ended();
        ended();
        queue.clock.advance(AGE.plusSeconds(1));
        try (Connection other = queue.dataSource.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeQuery("select 1 from leasehold.run where run_id = '" + held + "' for update");

            assertThat(removeAll()).isOne();
            other.rollback();
        }

        assertThat(removeAll()).isOne();
        assertThat(count("task")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aRunStaysWithADeadLetterUntilNothingIsLeftToDecide(LetterStatus status) {
        ended(Outcome.fail("no"));
        ended();
        queue.tamper("update leasehold.dead_letter set status = '" + status.word() + "'");
        queue.clock.advance(AGE.plusSeconds(1));

        assertThat(removeAll()).isEqualTo(status.settled() ? 2 : 1);

        assertThat(count("run")).isEqualTo(status.settled() ? 0 : 1);
        assertThat(count("dead_letter")).isEqualTo(status.settled() ? 0 : 1);
    }

    @Test
    void aPassLooksAtEveryTenantAndBeginsAnew() {
        assertThat(remove(Place.START, 1000)).isEqualTo(new Removed(0, new Place(CALLER.tenant(), new UUID(0, 0))));
        assertThat(remove(new Place(CALLER.tenant(), new UUID(0, 0)), 1000)).isEqualTo(new Removed(0, null));
    }

    private static NewTask only(Unique.Until until) {
        Unique unique = new Unique("k", until, null, Unique.OnConflict.EXISTING);
        return MAIL.gates(new NewTask.Gates(null, null, null, null, null, unique));
    }

    private UUID ended() {
        return ended(Outcome.success());
    }

    private UUID ended(Outcome outcome) {
        UUID run = queue.run(MAIL);
        queue.finish(Fixture.report(queue.claim(1, "mail").get(0), outcome));
        return run;
    }

    private UUID rerun(UUID run) {
        UUID rerun = queue.in(() -> queue.get(RerunRuns.class).execute(CALLER, List.of(Order.of(run))))
                .get(0)
                .rerun();
        return Objects.requireNonNull(rerun);
    }

    private int removeAll() {
        int removed = 0;
        for (Place place = Place.START; place != null; ) {
            Removed step = remove(place, 2);
            removed += step.runs();
            place = step.next();
        }
        return removed;
    }

    private Removed remove(Place after, int most) {
        Instant before = queue.clock.instant().minus(AGE);
        return queue.in(() -> queue.get(RemoveRuns.class).execute(CALLER, List.of(new Stretch(after, before, most))))
                .get(0);
    }

    private Feed.Page page(dev.leasehold.sql.FeedStatement.Place after, int limit) {
        return queue.in(() -> queue.get(Feed.class).page(CALLER, after, ALL, limit));
    }

    private long count(String table) {
        return queue.count("select count(*) from leasehold." + table);
    }
}
