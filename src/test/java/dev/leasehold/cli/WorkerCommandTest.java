package dev.leasehold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.client.Foreman;
import dev.leasehold.client.Stub.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worker of the command line, as a process of its own. */
@Timeout(120)
class WorkerCommandTest {

    private final Foreman foreman = new Foreman();
    private Process worker;

    @TempDir
    Path folder;

    @AfterEach
    void end() throws InterruptedException {
        if (worker != null) {
            worker.destroyForcibly().waitFor();
        }
        foreman.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    cat                      | {"result":"success","output":{"content_type":"text/plain","text":"{\\"n\\" : 1.0}"}}
                    true                     | {"result":"success"}
                    printf ééé               | {"result":"success","output":{"content_type":"text/plain","text":"éé"}}
                    printf 'a\\000'          | {"result":"success","output":{"content_type":"application/octet-stream","base64":"YQA="}}
                    echo no >&2; exit 75     | {"result":"retryable_failure","error":"exit code 75: no"}
                    exit 1                   | {"result":"retryable_failure","error":"exit code 1"}
                    exit 65                  | {"result":"terminal_failure","error":"exit code 65"}
                    printf $LEASEHOLD_FENCE  | {"result":"success","output":{"content_type":"text/plain","text":"7"}}
                    printf $LEASEHOLD_DEADLINE | {"result":"success","output":{"content_type":"text/plain","text":"4000000001.500"}}
                    """)
    void aCommandsEndIsAnOutcome(String command, String outcome) throws IOException {
        UUID run = foreman.offer(
                "t", Foreman.started() + ",\"deadline\":4000000001.5,\"payload\":{\"json\":{\"n\" : 1.0}}");
        start("--exec", command, "--terminal-exit", "64,65", "--max-output", limit(command));
        assertThat(report(run).get("outcome")).hasToString(outcome);
    }

    private static String limit(String command) {
        return command.contains("é") ? "5" : "100";
    }

    @Test
    void theEnvironmentSaysWhatItIsAbout() throws IOException {
        Path seen = folder.resolve("env");
        UUID run = foreman.offer(
                "t", Foreman.started() + ",\"key_fence\":11,\"payload\":{\"content_type\":\"text/x\",\"text\":\"\"}");
        start("--exec", "env | grep ^LEASEHOLD_ | sort > " + seen);
        JsonNode report = report(run);
        assertThat(Files.readAllLines(seen))
                .contains(
                        "LEASEHOLD_ATTEMPT=2",
                        "LEASEHOLD_ATTEMPT_ID=" + report.get("attempt_id").asText(),
                        "LEASEHOLD_CONTENT_TYPE=text/x",
                        "LEASEHOLD_FENCE=7",
                        "LEASEHOLD_KEY_FENCE=11",
                        "LEASEHOLD_QUEUE=default",
                        "LEASEHOLD_RUN_ID=" + run,
                        "LEASEHOLD_TYPE=t");
    }

    @Test
    void aCommandIsKilledWithItsChildrenWhenItsRunIsCanceled() throws IOException {
        Path pid = folder.resolve("pid");
        UUID run = foreman.offer("t");
        foreman.renews(
                run, "\"status\":\"lost\",\"error\":\"lease_lost\",\"reason\":\"canceled\",\"cancel_requested\":true");
        start("--lease-secs", "3", "--exec", "sleep 300 & echo $! > " + pid + "; wait; true");
        soon().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
        long child = Long.parseLong(Files.readString(pid).strip());
        soon().until(() -> !alive(child));
        assertThat(foreman.reports(run)).isEmpty();
    }

    @Test
    void aCommandIsKilledWhenItsTimeIsOver() throws IOException {
        UUID run = foreman.offer("t", Foreman.started() + ",\"constraints\":{\"timeout_secs\":0.5}");
        start("--exec", "sleep 300");
        assertThat(report(run).get("outcome").get("result").asText()).isEqualTo("timeout");
    }

    @Test
    void aTerminatedWorkerLetsItsCommandEndAndReportsIt() throws Exception {
        Path begun = folder.resolve("begun");
        Path go = folder.resolve("go");
        UUID run = foreman.offer("t");
        start("--exec", "touch " + begun + "; until test -e " + go + "; do sleep 0.1; done; echo done");
        soon().until(() -> Files.exists(begun));
        worker.destroy();
        await().pollDelay(Duration.ofSeconds(1)).until(() -> worker.isAlive());
        foreman.offer("t");
        Files.createFile(go);
        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isEqualTo(143);
        assertThat(report(run).get("outcome").get("output").get("text").asText())
                .isEqualTo("done\n");
        assertThat(foreman.stub().asked(Foreman.CLAIM)).hasSize(1);
    }

    @Test
    void aCommandThatDoesNotHeedItIsKilledBeforeTheWorkerIsGoneAndReported() throws Exception {
        Path pid = folder.resolve("pid");
        UUID run = foreman.offer("t");
        start("--grace-secs", "0", "--exec", "trap '' TERM; echo $$ > " + pid + "; while :; do sleep 0.2; done");
        soon().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
        worker.destroy();
        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(alive(Long.parseLong(Files.readString(pid).strip()))).isFalse();
        assertThat(report(run).get("outcome").get("error").asText()).isEqualTo("the command was killed: shutdown");
    }

    @Test
    void aWorkerThatIsRefusedEnds() throws Exception {
        foreman.stub().replies(Foreman.CLAIM, Reply.refusal(422, "invalid_request", "no"));
        start("--exec", "true");
        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("log")))
                .contains("{\"error_kind\":\"validation\",\"error_code\":\"invalid_request\",\"message\":\"no\"}");
    }

    private JsonNode report(UUID run) {
        soon().until(() -> !foreman.reports(run).isEmpty());
        return foreman.reports(run).get(0);
    }

    /** A child that nobody waits for stays as a zombie where no init collects it. */
    private static boolean alive(long pid) throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid), "stat");
        return Files.exists(status) && !Files.readString(status).contains(") Z ");
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("leasehold.test.cli", System.getProperty("java.class.path")),
                "dev.leasehold.cli.Main",
                "worker",
                "--url",
                foreman.base().toString(),
                "--type",
                "t"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        worker = builder.redirectOutput(folder.resolve("log").toFile()).start();
    }
}
