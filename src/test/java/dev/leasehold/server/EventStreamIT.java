package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as they happen, over one connection (http.md 2b, 4). */
@ArquillianTest
@RunAsClient
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@OneDatabase("it is about connections; what is read is in EventStreamsTest, on both")
class EventStreamIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int EVENTS = 5000;
    private static final int CUTS = 20;
    private static final int AT_ONCE = 50;

    @ArquillianResource
    URI root;

    private final List<Follower> followers = new ArrayList<>();

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return Archives.ear();
    }

    @AfterEach
    void cut() {
        followers.forEach(Follower::close);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/v1/runs/{run}/events/stream",
                "api/v1/events/stream?after={end}",
                "api/v1/events/stream?run_id={run}&event_type=note.appended"
            })
    void aReaderWhoIsCutTwentyTimesGetsEachOfFiveThousandEventsOnceAndInOrder(String path) {
        String run = scheduled();
        Follower reader = follow(path.replace("{run}", run).replace("{end}", endOfFeed()));
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> IntStream.range(0, EVENTS / AT_ONCE)
                .forEach(i -> assertThat(note(run, AT_ONCE).status()).isEqualTo(200)));

        List<Integer> got = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
            for (int read = 1; got.size() < EVENTS; read++) {
                JsonNode event = reader.read(1).get(0).event();
                if (event.get("event_type").asText().equals("note.appended")
                        && event.get("run_id").asText().equals(run)) {
                    got.add(event.get("seq").asInt());
                }
                if (read % (EVENTS / CUTS) == 0) {
                    reader.cut();
                }
            }
        });

        assertThat(writing).succeedsWithin(LIMIT);
        assertThat(reading).as("%d read", got.size()).succeedsWithin(LIMIT);
        assertThat(got)
                .containsExactlyElementsOf(
                        IntStream.range(2, EVENTS + 2).boxed().toList());
    }

    @Test
    void theDocumentsCommandShowsTheOldestEvent() throws Exception {
        scheduled();
        String shown = Shell.run(Shell.commands("docs/http.md", root).get(0));
        assertThat(shown).matches("(?s)retry: 1000\n\nid: [\\w-]+\ndata: \\{\"event_id\".*");
    }

    /** S19. */
    @Test
    void theIdIsTheNumberAndTheHeaderBeatsTheParameter() {
        String run = scheduled();
        note(run, 9);
        Follower reader =
                follow("api/v1/runs/" + run + "/events/stream?after_seq=1").behind("5");

        List<Follower.Told> told = reader.read(5);

        assertThat(told).extracting(Follower.Told::id).containsExactly("6", "7", "8", "9", "10");
        JsonNode listed =
                api().get("api/v1/runs/" + run + "/events?after_seq=5").body().get("events");
        assertThat(told).extracting(Follower.Told::event).containsExactlyElementsOf(listed);
        assertThat(reader.line(":")).isEqualTo(" nothing new");
    }

    /** S20; {@code after_seq} is {@code resume_from_seq} less one (decisions 11). */
    @Test
    void aPlaceThatTheRunHasNotReachedIsRefused() {
        String run = scheduled();
        note(run, 9);
        String path = "api/v1/runs/" + run + "/events/stream?after_seq=";

        assertThat(follow(path + 0).read(1)).extracting(Follower.Told::id).containsExactly("1");
        assertThat(follow(path + 9).read(1)).extracting(Follower.Told::id).containsExactly("10");
        Follower waits = follow(path + 10);
        CompletableFuture<List<Follower.Told>> next = CompletableFuture.supplyAsync(() -> waits.read(1));
        note(run, 1);
        assertThat(next)
                .succeedsWithin(LIMIT)
                .satisfies(
                        told -> assertThat(told).extracting(Follower.Told::id).containsExactly("11"));
        Api.Answer ahead = api().get(path + 12);
        assertThat(error(ahead)).isEqualTo("400 resume_cursor_ahead_of_history");
        assertThat(ahead.body().at("/details/head_seq").asInt()).isEqualTo(11);
        assertThat(error(api().get(path + 99999999999L))).isEqualTo("400 resume_cursor_ahead_of_history");
        assertThat(error(api().get(path + -1))).isEqualTo("400 invalid_input");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    runs/00000000-0000-0000-0000-000000000001/events/stream | 404 run_not_found
                    runs/nothing/events/stream                              | 400 invalid_run_id
                    runs/{run}/events/stream?after_seq=x                    | 422 invalid_pagination
                    events/stream?after=x                                   | 422 invalid_pagination
                    events/stream?event_type=run.born                       | 422 invalid_request
                    events/stream?run_id=x                                  | 422 invalid_request
                    """)
    void whatCannotBeFollowedIsRefusedAsAnywhereElse(String path, String error) {
        assertThat(error(api().get("api/v1/" + path.replace("{run}", scheduled()))))
                .isEqualTo(error);
    }

    @Test
    void streamsAreOnlyRead() {
        for (String path : List.of("api/v1/events/stream", "api/v1/runs/" + scheduled() + "/events/stream")) {
            Api.Answer answer = api().post(path, "{}");
            assertThat(error(answer)).isEqualTo("405 method_not_allowed");
            assertThat(answer.raw().headers().firstValue("Allow")).hasValue("GET");
        }
    }

    @Test
    void aPageOfAnotherSiteMayNotFollow() {
        Api.Answer answer = api().send(HttpRequest.newBuilder(api().at("api/v1/events/stream"))
                .header("Origin", "http://example.com"));
        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void headersThatAreNotObeyedAreRefused() {
        for (String header : List.of("X-Tenant", "If-Match", "Idempotency-Key")) {
            Api.Answer answer = api().send(HttpRequest.newBuilder(api().at("api/v1/events/stream"))
                    .header(header, "acme/prod"));
            assertThat(error(answer)).as(header).isEqualTo("422 not_supported_yet");
        }
    }

    private Follower follow(String path) {
        Follower follower = new Follower(api().at(path));
        followers.add(follower);
        return follower;
    }

    private String scheduled() {
        String task = api().submit("{\"type\":\"stream.nobody\"}");
        return api().runOf(task).get("run_id").asText();
    }

    private Api.Answer note(String run, int count) {
        String notes = IntStream.range(0, count)
                .mapToObj(i -> "{\"event_id\":\"" + UUID.randomUUID() + "\",\"event_type\":\"note.appended\"}")
                .collect(Collectors.joining(",", "{\"events\":[", "]}"));
        return api().post("api/v1/runs/" + run + "/events", notes);
    }

    private String endOfFeed() {
        String end = "";
        String next = api().get("api/v1/events?limit=1000").body().get("next").asText();
        while (!next.equals(end)) {
            end = next;
            next = api().get("api/v1/events?limit=1000&after=" + end)
                    .body()
                    .get("next")
                    .asText();
        }
        return end;
    }

    private static String error(Api.Answer answer) {
        return answer.status() + " " + answer.body().get("error").asText();
    }

    private Api api() {
        return new Api(root);
    }
}
