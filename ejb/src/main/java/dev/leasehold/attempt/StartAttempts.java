package dev.leasehold.attempt;

import dev.leasehold.fault.Fault;
import dev.leasehold.lease.LeaseLost;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Rounds;
import dev.leasehold.sql.StartStatement;
import dev.leasehold.sql.StartStatement.StartRow;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Starts attempts of leased runs. An attempt is recorded before its handler sees it (decisions 10.3), and only under
 * the lease's own fence and owner.
 */
@Stateless
public class StartAttempts {

    /**
     * The run to begin.
     *
     * @param owner the worker that holds the lease
     * @param runId the run
     * @param fence the lease's fence
     */
    public record Request(String owner, UUID runId, long fence) {}

    /**
     * What became of a request: an attempt with its number, or a refusal.
     *
     * @param attemptId the attempt that started
     * @param number its number, from 1
     * @param refusal why none did
     */
    public record Result(
            @Nullable UUID attemptId, int number, @Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Ids ids;

    @Inject
    QueueSession session;

    @Inject
    StartStatement statement;

    /**
     * Starts what can be started; a refused item leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param requests the runs to begin; of a run that is named twice the second is answered as if it came later
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<Request> requests) {
        Instant now = clock.instant();
        Result[] results = new Result[requests.size()];
        List<Integer> places = IntStream.range(0, results.length).boxed().toList();
        for (List<Integer> round :
                Rounds.of(places, place -> requests.get(place).runId())) {
            List<StartRow> rows =
                    round.stream().map(place -> row(requests.get(place))).toList();
            StartStatement.Start start = new StartStatement.Start(caller.tenant(), now, caller.subject(), rows);
            Map<UUID, Integer> numbers = session.work(connection -> statement.start(connection, start));
            for (int i = 0; i < rows.size(); i++) {
                results[round.get(i)] = result(rows.get(i), numbers);
            }
        }
        return List.of(results);
    }

    private StartRow row(Request request) {
        return new StartRow(request.runId(), request.owner(), request.fence(), ids.next());
    }

    private static Result result(StartRow row, Map<UUID, Integer> numbers) {
        Integer number = numbers.get(row.runId());
        return number == null
                ? new Result(null, 0, new LeaseLost(row.runId(), row.fence()))
                : new Result(row.attemptId(), number, null);
    }
}
