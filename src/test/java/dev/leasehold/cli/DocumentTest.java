package dev.leasehold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.client.Stub;
import dev.leasehold.client.Stub.Reply;
import dev.leasehold.database.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of docs/client.md answer what stands there. */
class DocumentTest {

    private static final String DOCUMENT = Golden.read("docs/client.md");
    private static final String TASK = "0193a0de-5c00-7000-8000-000000000001";
    private static final String RUN = "0193a0de-5c00-7000-8000-000000000002";

    private final Stub stub = new Stub();

    @BeforeEach
    void answer() {
        stub.ok("POST /api/v1/tasks", "{\"id\":\"" + TASK + "\",\"runs_created\":1}");
        stub.ok(
                "GET /api/v1/runs",
                "{\"runs\":[{\"run_id\":\"" + RUN + "\",\"state\":\"Ready\",\"scheduled_at\":1700000000,"
                        + "\"type\":\"invoice.send\"}]}");
        stub.ok("POST /api/v1/runs/" + RUN + "/cancel", "{\"run_id\":\"" + RUN + "\",\"status\":\"canceled\"}");
        stub.replies(
                "GET /api/v1/events",
                Reply.ok("{\"events\":[{\"run_id\":\"" + RUN + "\",\"seq\":1,\"event_type\":\"run.submitted\","
                        + "\"occurred_at\":1700000000,\"transitions\":[{\"from\":null,\"to\":\"Scheduled\"}]}],"
                        + "\"next\":\"AAI=\"}"),
                Reply.ok("{\"events\":[],\"next\":\"AAI=\"}"));
    }

    @AfterEach
    void end() {
        stub.close();
    }

    static Stream<List<String>> examples() {
        return Pattern.compile("```sh\nleasehold ([^\n]*)\n```\n```text\n(.*?)```", Pattern.DOTALL)
                .matcher(DOCUMENT)
                .results()
                .map(match -> List.of(match.group(1), match.group(2)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aCommandAnswersWhatIsShown(List<String> example) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                print,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                Map.of("LEASEHOLD_URL", stub.base().toString()));
        assertThat(Main.run(console, example.get(0).split(" "))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(example.get(1));
    }

    @Test
    void thereAreExamples() {
        assertThat(examples()).hasSize(4);
    }
}
