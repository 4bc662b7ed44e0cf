package dev.leasehold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.client.Stub;
import dev.leasehold.client.Stub.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the feed ends for a command, and what it does when nobody reads it. */
@Timeout(60)
class TailTest {

    private static final String EVENTS = "GET /api/v1/events";
    private static final String EVENT = "{\"event_id\":\"e\",\"run_id\":\"r\",\"seq\":1,\"event_type\":"
            + "\"run.started\",\"occurred_at\":1700000000,\"transitions\":[]}";

    private final Stub stub = new Stub();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void end() {
        stub.close();
    }

    /** With a filter a page may be empty although more follows (docs/http.md). */
    @Test
    void anEmptyPageThatMovesOnIsNotTheEnd() {
        stub.replies(
                EVENTS,
                Reply.ok("{\"events\":[],\"next\":\"c1\",\"lag_secs\":9}"),
                Reply.ok("{\"events\":[" + EVENT + "],\"next\":\"c2\",\"lag_secs\":3}"),
                Reply.ok("{\"events\":[],\"next\":\"c2\",\"lag_secs\":3}"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = run(out, "tail", "--json", "--event-type", "run.started");
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(EVENT + "\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("go on with --from c2\n");
        assertThat(stub.asked(EVENTS)).hasSize(3);
    }

    @Test
    void whoIsNotReadEnds() {
        stub.replies(EVENTS, Reply.ok("{\"events\":[" + EVENT + "],\"next\":\"c1\",\"lag_secs\":0}"));
        assertThat(run(broken(), "tail", "--follow")).isEqualTo(4);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("\"error_code\":\"output_failed\"");
        assertThat(stub.asked(EVENTS)).hasSize(1);
    }

    @Test
    void aResultThatCannotBeWrittenIsAnError() {
        stub.ok("GET /api/v1/stats", "{\"total_tasks\":1}");
        assertThat(run(broken(), "stats")).isEqualTo(4);
    }

    private static OutputStream broken() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
    }

    private int run(OutputStream out, String... line) {
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("LEASEHOLD_URL", stub.base().toString()));
        return Main.run(console, line);
    }
}
