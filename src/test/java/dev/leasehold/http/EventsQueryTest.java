package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.event.Cursor;
import dev.leasehold.event.EventType;
import dev.leasehold.event.Feed;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.Replay;
import dev.leasehold.sql.EventStatement.Part;
import dev.leasehold.sql.FeedStatement.Place;
import dev.leasehold.sql.FeedStatement.Wanted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsQueryTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                                       | 0          | 2147483647 | 250  | false
            limit=0                                    | 0          | 2147483647 | 1    | false
            limit=-3                                   | 0          | 2147483647 | 1    | false
            limit=5000                                 | 0          | 2147483647 | 1000 | false
            limit=99999999999999999999                 | 0          | 2147483647 | 1000 | false
            limit=2&limit=3                            | 0          | 2147483647 | 3    | false
            tail=7                                     | 0          | 2147483647 | 7    | true
            tail=0                                     | 0          | 2147483647 | 1    | true
            tail=1001&limit=3                          | 0          | 2147483647 | 1000 | true
            after_seq=4&before_seq=9                   | 4          | 9          | 250  | false
            since_seq=4                                | 4          | 2147483647 | 250  | false
            since_seq=4&after_seq=5                    | 5          | 2147483647 | 250  | false
            after_seq=-1&before_seq=-1                 | 0          | 0          | 250  | false
            after_seq=99999999999&before_seq=9999999999 | 2147483647 | 2147483647 | 250  | false
            """)
    void numbersOutOfRangeAreBroughtIntoIt(String query, int after, int before, int max, boolean tail) {
        assertThat(EventBounds.of(query(query))).isEqualTo(new EventBounds(new Part(after, before, max), tail));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, x",
        "limit, ''",
        "limit, 1.5",
        "limit, +1",
        "tail, many",
        "after_seq, '1 '",
        "since_seq, 0x1",
        "before_seq, 1e3",
        "before_seq, ''"
    })
    void whatIsNoNumberIsRefused(String field, String value) {
        Fault refusal =
                catchThrowableOfType(Fault.class, () -> EventBounds.of(new Query(Map.of(field, List.of(value)))));
        assertThat(refusal.code()).isEqualTo("invalid_pagination");
        assertThat(refusal.message()).isEqualTo(field + " must be an integer");
        assertThat(refusal.details()).isEqualTo(Map.of("field", field));
        assertThat(Problem.of(refusal).status()).isEqualTo(422);
    }

    @Test
    void theFeedIsAskedForFromAPlaceAndByFilters() {
        Place place = new Place(7, new UUID(1, 2), 3);
        UUID id = UUID.fromString("0193e5a0-0000-7000-8000-00000000000a");

        assertThat(FeedQuery.of(query(null))).isEqualTo(new FeedQuery(Feed.START, new Wanted(null, null, null), 100));
        assertThat(FeedQuery.of(query("after=" + Cursor.of(place) + "&limit=1000&event_type=run.held&run_id=" + id
                        + "&task_id=" + id)))
                .isEqualTo(new FeedQuery(place, new Wanted("run.held", id, id), 1000));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, invalid_pagination",
        "limit, 1001, invalid_pagination",
        "limit, x, invalid_pagination",
        "after, '', invalid_pagination",
        "after, 7, invalid_pagination",
        "event_type, run.done, invalid_request",
        "event_type, '', invalid_request",
        "run_id, 7, invalid_request",
        "task_id, '', invalid_request"
    })
    void aFeedThatCannotBeIsRefused(String field, String value, String code) {
        Fault refusal = catchThrowableOfType(Fault.class, () -> FeedQuery.of(new Query(Map.of(field, List.of(value)))));
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.details()).containsEntry("field", field);
        assertThat(Problem.of(refusal).status()).isEqualTo(422);
    }

    @Test
    void theListOfTypesIsTheContracts() {
        assertThat(Arrays.stream(EventType.values()).map(EventType::word))
                .containsExactlyInAnyOrderElementsOf(Replay.EVENT_TYPES);
    }

    private static Query query(String text) {
        Map<String, List<String>> values = new HashMap<>();
        if (text != null) {
            for (String pair : text.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                values.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
            }
        }
        return new Query(values);
    }
}
