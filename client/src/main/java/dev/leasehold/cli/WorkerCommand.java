package dev.leasehold.cli;

import dev.leasehold.client.LeaseholdClient;
import dev.leasehold.client.Worker;
import dev.leasehold.client.WorkerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Works: a command of the shell for each run. */
@Command(
        name = "worker",
        description = {
            "Runs a command for each run: the payload on its standard input, its standard output as the output.",
            "LEASEHOLD_RUN_ID, _TASK_ID, _TYPE, _QUEUE, _ATTEMPT_ID, _ATTEMPT, _FENCE, _DEADLINE and _CONTENT_TYPE "
                    + "are in its environment. Exit code 0 is success; any other is tried again, unless it is declared "
                    + "terminal. It is killed with its children when the run is canceled, lost, or out of time.",
            "SIGTERM: claims nothing any more, lets commands end within the grace, and ends."
        })
final class WorkerCommand implements Runnable {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Option(names = "--type", required = true, description = "A task type to work on; may be repeated.")
    private List<String> types = new ArrayList<>();

    @Option(names = "--exec", required = true, paramLabel = "COMMAND", description = "What /bin/sh runs for each run.")
    @SuppressWarnings("NullAway.Init")
    private String exec;

    @Option(names = "--queue", description = "Only from that queue; may be repeated.")
    private List<String> queues = new ArrayList<>();

    @Option(names = "--threads", defaultValue = "1", description = "How many runs at once (${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--lease-secs",
            paramLabel = "SECS",
            defaultValue = "60",
            description = "How long after this worker's death another takes over (${DEFAULT-VALUE}).")
    private int leaseSecs;

    @Option(
            names = "--grace-secs",
            paramLabel = "SECS",
            defaultValue = "25",
            description = "How long commands may go on after SIGTERM (${DEFAULT-VALUE}).")
    private int graceSecs;

    @Option(names = "--owner", paramLabel = "NAME", description = "The name under which it holds runs.")
    private @Nullable String owner;

    @Option(
            names = "--terminal-exit",
            paramLabel = "CODE",
            split = ",",
            description = "Exit codes after which a run is not tried again.")
    private List<Integer> terminal = new ArrayList<>();

    @Option(
            names = "--max-output",
            paramLabel = "BYTES",
            defaultValue = "1048576",
            description = "How much of the standard output is kept (${DEFAULT-VALUE}).")
    private int maxOutput;

    @Override
    public void run() {
        LeaseholdClient client = root.client();
        Worker worker = worker(client);
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "leasehold-shutdown"));
        root.console().err().println("working on " + Show.plain(String.join(", ", types)));
        try (worker) {
            worker.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Worker worker(LeaseholdClient client) {
        if (maxOutput < 0 || graceSecs < 0) {
            throw CommandFailure.invalid(
                    "input_validation_failed", "--max-output and --grace-secs must not be negative");
        }
        Set<Integer> codes = new TreeSet<>(terminal);
        ShellHandler handler =
                new ShellHandler(exec, codes, maxOutput, root.console().err());
        try {
            WorkerBuilder builder = Worker.builder(client)
                    .threads(threads)
                    .lease(Duration.ofSeconds(leaseSecs))
                    .grace(Duration.ofSeconds(graceSecs));
            types.forEach(type -> builder.handle(type, handler));
            if (!queues.isEmpty()) {
                builder.queues(queues);
            }
            return owner == null ? builder.start() : builder.owner(owner).start();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.invalid("input_validation_failed", String.valueOf(e.getMessage()));
        }
    }
}
