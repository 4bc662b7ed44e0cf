package dev.leasehold.run;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.audit.Effect;
import dev.leasehold.fault.Fault;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.NoteStatement;
import dev.leasehold.sql.NoteStatement.Noted;
import dev.leasehold.sql.NoteStatement.Noting;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Rounds;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes notes into the histories of runs, whatever state they are in; each is an event of its own (http.md 2b). */
@Stateless
public class AppendNotes {

    /**
     * A note.
     *
     * @param eventId its writer's id for it, 1 to 200 characters: the run has it once
     * @param data a JSON object of at most 16 KiB in UTF-8
     */
    public record Note(String eventId, String data) {}

    /**
     * A run and its notes.
     *
     * @param order which run, and why
     * @param notes in the order in which they are to stand
     */
    public record Request(Order order, List<Note> notes) {}

    /**
     * Where a note stands.
     *
     * @param seq the number of its event within the run
     * @param duplicate whether the run had a note of that id before
     */
    public record Appended(int seq, boolean duplicate) {}

    /**
     * What became of a request.
     *
     * @param appended where each note stands, in order; empty when refused
     * @param refusal why nothing was written
     */
    public record Result(List<Appended> appended, @Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    RunChanges changes;

    @Inject
    NoteStatement statement;

    @Inject
    AuditTrail audit;

    /**
     * Writes notes; a refused request leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param requests of a run that is named twice the second is answered as if it came later
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<Request> requests) {
        Instant now = clock.instant();
        Map<Integer, Result> results = new HashMap<>();
        SortedMap<Integer, Effect> effects = new TreeMap<>();
        List<Integer> places = IntStream.range(0, requests.size()).boxed().toList();
        for (List<Integer> round : Rounds.of(places, place -> run(requests.get(place)))) {
            Map<UUID, LockedRun> held = changes.hold(
                    caller,
                    round.stream().map(place -> run(requests.get(place))).toList());
            for (int place : round) {
                Request request = requests.get(place);
                LockedRun run = held.get(run(request));
                Result result = append(caller, now, request, run);
                results.put(place, result);
                effect(request, run, result).ifPresent(effect -> effects.put(place, effect));
            }
        }
        audit.record(caller, now, List.copyOf(effects.values()));
        return places.stream()
                .map(place -> Objects.requireNonNull(results.get(place)))
                .toList();
    }

    private static Optional<Effect> effect(Request request, @Nullable LockedRun run, Result result) {
        IntSummaryStatistics fresh = result.appended().stream()
                .filter(one -> !one.duplicate())
                .mapToInt(Appended::seq)
                .summaryStatistics();
        return run == null || fresh.getCount() == 0
                ? Optional.empty()
                : Optional.of(RunEffects.noted(AppendNotes.class, request, run, fresh.getMax()));
    }

    private static UUID run(Request request) {
        return request.order().runId();
    }

    private Result append(Caller caller, Instant now, Request request, @Nullable LockedRun run) {
        Fault refusal = Orders.refusal(request.order(), run);
        if (refusal != null || run == null) {
            return new Result(List.of(), refusal);
        }
        List<NoteStatement.NoteRow> rows = request.notes().stream()
                .map(note -> new NoteStatement.NoteRow(note.eventId(), note.data()))
                .toList();
        Noting noting = new Noting(now, caller.subject(), request.order().reason());
        List<Noted> noted = session.work(connection -> statement.append(connection, noting, run, rows));
        return new Result(
                noted.stream()
                        .map(one -> new Appended(one.version(), one.duplicate()))
                        .toList(),
                null);
    }
}
