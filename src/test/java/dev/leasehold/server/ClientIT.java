package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.client.Lease;
import dev.leasehold.client.LeaseholdClient;
import dev.leasehold.client.Outcome;
import dev.leasehold.client.Run;
import dev.leasehold.client.RunFilter;
import dev.leasehold.client.RunState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as processes of its own, against the deployed EAR. */
@ArquillianTest
@RunAsClient
@OneDatabase("it is about processes and their ends; the protocol is the one of WorkerProtocolIT")
class ClientIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String AT_ONCE = "{\"max_attempts\":3,\"backoff\":{\"strategy\":\"fixed\",\"delay_secs\":0}}";

    private final String type = "cli." + UUID.randomUUID();
    private final List<ProcessHandle> started = new ArrayList<>();

    @ArquillianResource
    URI root;

    @TempDir
    Path folder;

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return Archives.ear();
    }

    @AfterEach
    void end() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aRunOfAKilledWorkerIsFinishedByAnotherAndItsLateResultIsRefused() throws Exception {
        UUID run = submitted();
        Run running = killedInTheMiddle(run);
        assertThat(running.state()).isEqualTo(RunState.RUNNING);
        assertThat(running.lease().owner()).isEqualTo("first");

        Process second = worker("second", "cat; printf ' %s' $LEASEHOLD_ATTEMPT");
        await().atMost(LIMIT).until(() -> client().run(run).state() == RunState.COMPLETED);
        Run completed = client().run(run);
        assertThat(completed.attempts()).extracting(Run.Attempt::result).containsExactly("Failure", "Success");
        assertThat(completed.attempts().get(0).error()).isEqualTo("lease expired: first stopped answering");
        assertThat(completed.attempts().get(1).output().text()).isEqualTo("{\"n\": 1.50} 2");

        Lease.Report late = new Lease.Report(run, running.currentAttemptId(), running.fence(), Outcome.success());
        Lease.Verdict verdict = client().leases().finish("first", List.of(late)).get(0);
        assertThat(verdict.status() + " " + verdict.error()).isEqualTo("rejected lease_lost");
        assertThat(client().run(run)).isEqualTo(completed);

        second.destroy();
        assertThat(second.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(answer("get", run.toString()).get("state").asText()).isEqualTo("Completed");
    }

    private UUID submitted() throws Exception {
        Path payload = Files.writeString(folder.resolve("payload.json"), "{\"n\": 1.50}");
        JsonNode task = answer("submit", "--type", type, "--payload", payload.toString(), "--constraints", AT_ONCE);
        assertThat(task.get("runs_created").asInt()).isEqualTo(1);
        UUID id = UUID.fromString(task.get("task_id").asText());
        return client().runs(RunFilter.all().task(id)).findFirst().orElseThrow().runId();
    }

    /** The run as it was before its worker's end. */
    private Run killedInTheMiddle(UUID run) throws Exception {
        Path begun = folder.resolve("begun");
        Process first = worker("first", "touch " + begun + "; sleep 60");
        await().atMost(LIMIT).until(() -> Files.exists(begun));
        first.descendants().forEach(started::add);
        Run running = client().run(run);
        first.destroyForcibly().waitFor();
        return running;
    }

    private JsonNode answer(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--json", "--url", root.toString()));
        Process process =
                process(line).redirectError(folder.resolve("err").toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        return new ObjectMapper().readTree(out);
    }

    private Process worker(String owner, String exec) throws IOException {
        Process process = process(List.of(
                        "worker",
                        "--url",
                        root.toString(),
                        "--type",
                        type,
                        "--owner",
                        owner,
                        "--lease-secs",
                        "3",
                        "--exec",
                        exec))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(owner + ".log").toFile())
                .start();
        started.add(process.toHandle());
        return process;
    }

    private static ProcessBuilder process(List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Server.QUICK_START,
                "-Xmx128m",
                "-jar",
                System.getProperty("leasehold.test.cli")));
        command.addAll(words);
        return new ProcessBuilder(command);
    }

    private LeaseholdClient client() {
        return LeaseholdClient.of(root);
    }
}
