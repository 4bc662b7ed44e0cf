package dev.leasehold.http;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.event.Cursor;
import dev.leasehold.event.Feed;
import dev.leasehold.event.InvalidCursor;
import dev.leasehold.run.AppendNotes;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.FeedStatement.Place;
import dev.leasehold.sql.FeedStatement.Wanted;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** All readers together, on a database; time passes when a test says so. */
@ParameterizedClass
@EnumSource(Database.class)
class EventStreamsTest {

    private static final Wanted ALL = new Wanted(null, null, null);

    private final ManualExecutor executor = new ManualExecutor();
    private final Fixture queue;
    private final EventStreams streams;
    private final TestReader reader = new TestReader();

    EventStreamsTest(Database database) {
        queue = new Fixture(database);
        queue.put(Settings.class, new Settings(Map.of("leasehold.max-waiting-polls", "2")::get));
        streams = queue.get(EventStreams.class);
        streams.executor = executor.service;
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void whoFollowsARunGetsWhatHappenedAndThenWhatHappens() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));

        follow(reader, place(run, 0));
        assertThat(reader.ids()).containsExactly("1");
        look();
        assertThat(reader.ids()).containsExactly("1");
        queue.cancel(Order.of(run));
        look();

        assertThat(reader.ids()).containsExactly("1", "2");
        assertThat(reader.text())
                .startsWith("retry: 1000\n\nid: 1\ndata: {\"event_id\":\"" + run + ":1\"")
                .endsWith("}\n\n")
                .contains("\"event_type\":\"run.canceled\"");
    }

    @Test
    void whoComesBackGetsTheRest() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        notes(run, 3, "{}");

        follow(reader, place(run, 2));

        assertThat(reader.ids()).containsExactly("3", "4");
    }

    @Test
    void whoFollowsTheFeedGetsTheEventsOfAllRunsInItsOrder() throws Exception {
        UUID one = queue.run(NewTask.of("mail"));
        follow(reader, new FollowingFeed(CALLER, Feed.START, ALL));
        UUID other = queue.run(NewTask.of("mail"));
        queue.cancel(Order.of(one));
        look();

        Feed.Page page = queue.in(() -> queue.get(Feed.class).page(CALLER, Feed.START, ALL, 100));
        assertThat(page.events())
                .hasSize(3)
                .anySatisfy(event -> assertThat(event.runId()).isEqualTo(other));
        assertThat(reader.ids())
                .containsExactlyElementsOf(page.events().stream()
                        .map(event -> Cursor.of(new Place(event.pos(), event.runId(), event.version())))
                        .toList());
    }

    @Test
    void whoWantsSomeEventsGetsThose() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        follow(reader, new FollowingFeed(CALLER, Feed.START, new Wanted("run.canceled", null, null)));
        assertThat(reader.ids()).isEmpty();

        queue.cancel(Order.of(run));
        look();

        assertThat(reader.ids()).hasSize(1);
        assertThat(reader.text()).contains("run.canceled").doesNotContain("run.promoted");
    }

    @Test
    void aLongHistoryIsReadPartByPart() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        notes(run, 250, "{}");

        follow(reader, place(run, 0));
        assertThat(reader.ids()).hasSize(100);
        executor.run();

        assertThat(reader.ids()).containsExactlyElementsOf(numbers(1, 251));
    }

    @Test
    void largeEventsAreReadInSmallerParts() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        notes(run, 40, "{\"text\":\"" + "x".repeat(15_000) + "\"}");
        TestReader other = new TestReader();

        follow(reader, place(run, 1));
        follow(other, new FollowingFeed(CALLER, Feed.START, ALL));
        assertThat(reader.ids()).containsExactlyElementsOf(numbers(2, 19));
        assertThat(other.ids()).hasSize(19);
        executor.run();

        assertThat(reader.ids()).containsExactlyElementsOf(numbers(2, 41));
        assertThat(other.ids()).hasSize(41).doesNotHaveDuplicates();
    }

    @Test
    void readersTakeTurns() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        notes(run, 250, "{}");
        TestReader other = new TestReader();
        follow(reader, place(run, 0));
        follow(other, place(run, 0));

        executor.handed.remove().run();
        executor.handed.remove().run();

        assertThat(reader.ids()).hasSize(200);
        assertThat(other.ids()).hasSize(200);
        executor.run();
        assertThat(reader.ids()).hasSize(251);
        assertThat(other.ids()).hasSize(251);
    }

    @Test
    void nothingIsWrittenBeforeTheServerCalls() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        reader.isCalledLater();
        follow(reader, place(run, 0));
        look();
        assertThat(reader.text()).isEmpty();

        reader.call();

        assertThat(reader.ids()).containsExactly("1");
    }

    @Test
    void nothingIsReadForWhoHasLeft() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        notes(run, 450, "{}");
        follow(reader, place(run, 0));

        reader.leaves();
        executor.handed.remove().run();

        assertThat(executor.handed).isEmpty();
        assertThat(reader.completed).isEqualTo(1);
    }

    @Test
    void whoTakesNothingIsLeftAloneAndThenGetsTheRest() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        follow(reader, place(run, 0));
        reader.takesNothing();
        notes(run, 250, "{}");
        look();
        look();
        assertThat(reader.ids()).containsExactly("1");

        reader.takes();
        executor.run();

        assertThat(reader.ids()).containsExactlyElementsOf(numbers(1, 251));
    }

    @Test
    void whoseWorkTheExecutorDidNotTakeIsServedLater() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        notes(run, 250, "{}");
        follow(new TestReader(), place(run, 251));
        executor.full = true;
        follow(reader, place(run, 0));
        executor.full = false;
        assertThat(executor.handed).isEmpty();

        look();

        assertThat(reader.ids()).hasSize(251);
    }

    @Test
    void aLineOfAnEventIsALineOfItsData() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        notes(run, 1, "{\n \"a\":\r\n1}");

        follow(reader, place(run, 1));

        assertThat(reader.text()).contains("\"data\":{\ndata:  \"a\":\ndata: 1}");
    }

    @Test
    void aPlaceThatIsNotThereIsRefused() {
        UUID run = queue.run(NewTask.of("mail"));
        EventReading reading = queue.get(EventReading.class);

        assertThat(reading.begin(place(run, 1))).isEqualTo(place(run, 1));
        assertThatThrownBy(() -> reading.begin(place(run, 2)))
                .isInstanceOfSatisfying(
                        ResumeCursorAhead.class,
                        refusal -> assertThat(refusal.details()).containsEntry("head_seq", 1));
        assertThatThrownBy(() -> reading.begin(place(new UUID(4, 4), 0))).isInstanceOf(RunNotFound.class);
        assertThatThrownBy(() ->
                        follow(reader, new FollowingFeed(CALLER, new Place(Long.MAX_VALUE, new UUID(0, 0), 0), ALL)))
                .isInstanceOf(InvalidCursor.class);
    }

    @Test
    void onlyRunsThatHaveMovedAreReadAgain() {
        UUID moves = queue.run(NewTask.of("mail"));
        UUID stays = queue.run(NewTask.of("mail"));
        FollowingFeed feed = new FollowingFeed(CALLER, Feed.START, ALL);
        queue.cancel(Order.of(moves));

        Set<Following> moved = queue.get(EventReading.class)
                .moved(List.of(place(moves, 1), place(moves, 2), place(stays, 1), place(new UUID(4, 4), 9), feed));

        assertThat(moved).containsExactlyInAnyOrder(place(moves, 1), place(new UUID(4, 4), 9), feed);
    }

    @Test
    void oneTooManyIsRefusedUntilSomebodyLeaves() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        follow(reader, place(run, 0));
        follow(new TestReader(), place(run, 0));
        assertThatThrownBy(() -> follow(new TestReader(), place(run, 0))).isInstanceOf(TooManyWaiting.class);

        reader.leaves();
        queue.cancel(Order.of(run));
        look();

        assertThat(reader.completed).isEqualTo(1);
        follow(new TestReader(), place(run, 0));
        assertThatThrownBy(() -> follow(new TestReader(), place(run, 0))).isInstanceOf(TooManyWaiting.class);
    }

    @Test
    void whoIsRefusedTakesNoRoom() {
        Place ahead = new Place(Long.MAX_VALUE, new UUID(0, 0), 0);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> follow(reader, new FollowingFeed(CALLER, ahead, ALL)))
                    .isInstanceOf(InvalidCursor.class);
        }
    }

    @Test
    void whoCannotEnterTakesNoRoom() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        for (int i = 0; i < 3; i++) {
            TestReader deaf = new TestReader();
            deaf.takesNoListener();
            assertThatThrownBy(() -> follow(deaf, place(run, 0))).hasMessage("deaf");
            assertThat(deaf.completed).isEqualTo(1);
        }

        follow(reader, place(run, 0));

        assertThat(reader.ids()).containsExactly("1");
    }

    @Test
    void theEndOfTheApplicationEndsAll() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        follow(reader, place(run, 0));
        TestReader late = new TestReader();

        streams.end();
        follow(late, place(run, 0));

        assertThat(reader.completed).isEqualTo(1);
        assertThat(late.completed).isEqualTo(1);
        assertThat(reader.text()).doesNotContain("lagged");
    }

    @Test
    void afterADatabaseThatDidNotAnswerTheLooksGoOn() throws Exception {
        UUID run = queue.run(NewTask.of("mail"));
        follow(reader, place(run, 0));
        queue.cancel(Order.of(run));
        queue.tamper("alter table leasehold.event rename to gone");
        look();
        assertThat(reader.ids()).containsExactly("1");
        queue.tamper("alter table leasehold.gone rename to event");
        look();

        assertThat(reader.ids()).containsExactly("1", "2");
    }

    private void follow(TestReader who, Following place) throws IOException {
        streams.follow(place, who.request(), who.response());
    }

    private void look() {
        assertThat(executor.planned).as("one look at a time").hasSize(1);
        executor.planned.get(0).run();
        executor.run();
    }

    private void notes(UUID run, int count, String data) {
        List<AppendNotes.Note> notes = IntStream.range(0, count)
                .mapToObj(i -> new AppendNotes.Note(UUID.randomUUID().toString(), data))
                .toList();
        queue.in(() ->
                queue.get(AppendNotes.class).execute(CALLER, List.of(new AppendNotes.Request(Order.of(run), notes))));
    }

    private static FollowingRun place(UUID run, int after) {
        return new FollowingRun(CALLER, run, after);
    }

    private static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(String::valueOf).toList();
    }
}
