package dev.leasehold.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The examples of docs/client.md. */
final class DocumentExample {

    private DocumentExample() {}

    static Run submit(URI address) {
        LeaseholdClient client = LeaseholdClient.of(address);
        NewTask task = NewTask.of("invoice.send")
                .payload(Payload.json("{\"invoice\": 42}"))
                .timeout(Duration.ofSeconds(60))
                .priority(5);
        Task submitted = client.submit(task);
        List<Run.Summary> runs =
                client.runs(RunFilter.all().task(submitted.id())).toList();
        Run run = client.run(runs.get(0).runId());
        return run;
    }

    static void work(LeaseholdClient client) throws InterruptedException {
        try (Worker worker = Worker.builder(client)
                .threads(8)
                .handle("invoice.send", work -> {
                    if (work.cancellation().requested()) {
                        return Outcome.retry(
                                "told to stop: " + work.cancellation().reason());
                    }
                    return Outcome.success(Payload.text("sent as " + work.runId()));
                })
                .start()) {
            worker.await();
        }
    }
}
