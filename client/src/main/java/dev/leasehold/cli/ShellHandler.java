package dev.leasehold.cli;

import dev.leasehold.client.Cancellation;
import dev.leasehold.client.Handler;
import dev.leasehold.client.Outcome;
import dev.leasehold.client.Payload;
import dev.leasehold.client.Work;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a command of the shell for each run. */
final class ShellHandler implements Handler {

    private static final int ERROR_BYTES = 4000;
    /** Less than a worker that ends waits for results, so that it outlives its commands. */
    private static final long KILL_AFTER_SECS = 3;

    private final String command;
    private final Set<Integer> terminal;
    private final int maxOutput;
    private final PrintStream err;

    /**
     * A handler.
     *
     * @param terminal exit codes that are final
     * @param maxOutput how many bytes of the standard output are kept
     * @param err gets what the command writes to its standard error
     */
    ShellHandler(String command, Set<Integer> terminal, int maxOutput, PrintStream err) {
        this.command = command;
        this.terminal = terminal;
        this.maxOutput = maxOutput;
        this.err = err;
    }

    @Override
    public Outcome run(Work work) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
        describe(work, builder.environment());
        Process process = builder.start();
        work.cancellation().onRequest(() -> kill(process));
        Captured output = Captured.first(process.getInputStream(), maxOutput, OutputStream.nullOutputStream());
        Captured errors = Captured.last(process.getErrorStream(), ERROR_BYTES, err);
        CompletableFuture<?> fed = CompletableFuture.runAsync(() -> feed(process, work), Captured::onThread);
        int code = process.waitFor();
        fed.cancel(false);
        return outcome(work.cancellation(), code, output.bytes(), errors.bytes());
    }

    private static void describe(Work work, Map<String, String> environment) {
        environment.put("LEASEHOLD_RUN_ID", work.runId().toString());
        environment.put("LEASEHOLD_TASK_ID", work.taskId().toString());
        environment.put("LEASEHOLD_TYPE", work.type());
        environment.put("LEASEHOLD_QUEUE", work.queue());
        environment.put("LEASEHOLD_ATTEMPT_ID", work.attemptId().toString());
        environment.put("LEASEHOLD_ATTEMPT", String.valueOf(work.attemptNumber()));
        environment.put("LEASEHOLD_FENCE", String.valueOf(work.fence()));
        environment.remove("LEASEHOLD_KEY_FENCE");
        if (work.keyFence() != null) {
            environment.put("LEASEHOLD_KEY_FENCE", String.valueOf(work.keyFence()));
        }
        Instant deadline = work.deadline();
        if (deadline != null) {
            environment.put(
                    "LEASEHOLD_DEADLINE",
                    BigDecimal.valueOf(deadline.toEpochMilli(), 3).toPlainString());
        }
        Payload payload = work.payload();
        String contentType = payload == null ? null : payload.contentType();
        if (contentType != null) {
            environment.put("LEASEHOLD_CONTENT_TYPE", contentType);
        }
    }

    /** A command need not read what it is given. */
    private static void feed(Process process, Work work) {
        Payload payload = work.payload();
        try (OutputStream in = process.getOutputStream()) {
            if (payload != null) {
                in.write(payload.bytes());
            }
        } catch (IOException e) {
            System.getLogger(ShellHandler.class.getName())
                    .log(System.Logger.Level.DEBUG, "the command of {0} read only a part", work);
        }
    }

    /** Asks the process and all below it to end, and ends those that have not after a while. */
    private static void kill(Process process) {
        List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        tree.forEach(ProcessHandle::destroy);
        CompletableFuture.delayedExecutor(KILL_AFTER_SECS, TimeUnit.SECONDS)
                .execute(() -> tree.forEach(ProcessHandle::destroyForcibly));
    }

    private Outcome outcome(Cancellation cancellation, int code, byte[] output, byte[] errors) {
        String reason = cancellation.reason();
        if (code == 0) {
            return output.length == 0 ? Outcome.success() : Outcome.success(Sources.textOrBytes(output));
        }
        if (Cancellation.DEADLINE.equals(reason)) {
            return Outcome.timeout("the command was killed when its time was over");
        }
        if (reason != null) {
            return Outcome.retry("the command was killed: " + reason);
        }
        String said = new String(errors, StandardCharsets.UTF_8).strip();
        String error = "exit code " + code + (said.isEmpty() ? "" : ": " + said);
        return terminal.contains(code) ? Outcome.fail(error) : Outcome.retry(error);
    }
}
