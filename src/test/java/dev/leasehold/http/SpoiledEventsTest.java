package dev.leasehold.http;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.event.Feed;
import dev.leasehold.run.Order;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.FeedStatement.Wanted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Events that were spoiled in the database are named; those beside them are shown as ever. */
class SpoiledEventsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run.held      | >Scheduled      |                | {"reason":"why"}                 |
            run.moved     |                 | {"queue":"q"}  | {"reason":"why","queue":"q"}     |
            note.appended |                 | {"a":[1, 2]}   | {"a":[1, 2]}                     |
            run.held      | nonsense        |                | {"reason":"why"}                 | ["transitions"]
            run.held      | Ready>Nowhere   |                | {"reason":"why"}                 | ["transitions"]
            run.moved     | Ready           | {"queue":      | {}                               | ["transitions","data"]
            run.moved     |                 | {"queue":      | {}                               | ["data"]
            run.moved     |                 | [1]            | {}                               | ["data"]
            note.appended |                 | {"a":1} {}     | {}                               | ["data"]
            """)
    void anEventIsShownAsFarAsItCanBeRead(
            String type,
            @Nullable String transitions,
            @Nullable String beside,
            String data,
            @Nullable String unreadable) {
        EventRow event = new EventRow(
                new UUID(1, 1),
                null,
                1,
                1,
                type,
                Instant.ofEpochSecond(1),
                "a",
                transitions == null ? "" : transitions,
                null,
                null,
                null,
                null,
                null,
                null,
                "why",
                null,
                beside);

        String shown = new String(Json.write(EventView.of(event)), StandardCharsets.UTF_8);

        assertThat(shown).contains("\"data\":" + data + (unreadable == null ? "}" : ",\"unreadable\":" + unreadable));
        assertThat(JsonBody.isDocument(shown.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aRunAndTheFeedAreShownAsFarAsTheyCanBeRead(Database database) {
        try (Fixture queue = new Fixture(database)) {
            UUID run = queue.run(NewTask.of("t"));
            queue.cancel(Order.of(run));
            queue.tamper("update leasehold.event set transitions = 'nonsense' where version = 1");

            RunDetail detail = queue.in(() -> queue.get(RunDetails.class).get(CALLER, run));
            Feed.Page page =
                    queue.in(() -> queue.get(Feed.class).page(CALLER, Feed.START, new Wanted(null, null, null), 10));

            assertThat(detail.unreadable()).contains(java.util.List.of(1));
            assertThat(detail.stateHistory()).hasSize(1);
            assertThat(page.events().stream().map(EventView::of).toList())
                    .extracting(event -> event.unreadable().isPresent())
                    .containsExactly(true, false);
        }
    }
}
