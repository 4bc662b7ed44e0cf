package dev.leasehold.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.client.Stub.Reply;
import dev.leasehold.database.Golden;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Java of docs/client.md is the code of {@link DocumentExample}, and that works. */
@Timeout(60)
class DocumentExampleTest {

    private static final String ID = "0193a0de-5c00-7000-8000-000000000001";
    private static final String ADDRESS = "URI.create(\"http://127.0.0.1:8080/leasehold\")";

    @Test
    void theDocumentShowsWhatIsRun() {
        List<String> shown = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Golden.read("docs/client.md"))
                .results()
                .map(block -> plain(block.group(1)))
                .toList();
        String run = plain(Golden.read("src/test/java/dev/leasehold/client/DocumentExample.java"));
        assertThat(shown).hasSize(2);
        assertThat(shown).allSatisfy(block -> assertThat(run).contains(block.replace(ADDRESS, "address")));
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void aTaskIsSubmittedAndItsRunRead() {
        try (Stub stub = new Stub()) {
            String run = "{\"run_id\":\"" + ID + "\",\"state\":\"Ready\"}";
            stub.ok("POST /api/v1/tasks", "{\"id\":\"" + ID + "\",\"runs_created\":1}");
            stub.ok("GET /api/v1/runs", "{\"runs\":[" + run + "]}");
            stub.ok("GET /api/v1/runs/" + ID, run);
            assertThat(DocumentExample.submit(stub.base()).state()).isEqualTo(RunState.READY);
            assertThat(stub.asked().get(0).body())
                    .contains("\"json\":{\"invoice\": 42}", "\"timeout_secs\":60", "\"priority\":5");
        }
    }

    @Test
    void aWorkerWorksUntilItIsRefused() {
        try (Foreman foreman = new Foreman()) {
            UUID run = foreman.offer("invoice.send");
            foreman.stub()
                    .on(
                            Foreman.CLAIM,
                            asked -> foreman.reports(run).isEmpty()
                                    ? foreman.grant(asked)
                                    : Reply.refusal(403, "forbidden", "enough"));
            assertThatThrownBy(() -> DocumentExample.work(LeaseholdClient.of(foreman.base())))
                    .hasMessage("enough");
            assertThat(foreman.reports(run).get(0).toString()).contains("sent as " + run);
        }
    }
}
