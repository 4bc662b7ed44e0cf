package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends events that somebody else wrote to the history of runs, each once. */
@ApplicationScoped
public class NoteStatement {

    private static final String COMMON = "common";
    private static final Sql KNOWN = Sql.of(COMMON, "known_events");
    private static final Sql RUN = Sql.of(COMMON, "note_run");

    /**
     * An event.
     *
     * @param eventId its writer's id for it, which the run has once
     * @param data a JSON object, kept as it is
     */
    public record NoteRow(String eventId, String data) {}

    /** Where a note stands in its run's history, and whether it stood there before. */
    public record Noted(int version, boolean duplicate) {}

    /** Who writes, when and why. */
    public record Noting(
            Instant now, String actor, @Nullable String reason) {}

    @Inject
    Tickets tickets;

    /** Appends notes to a run that this transaction holds; those that it has are answered as they are there. */
    public List<Noted> append(Connection connection, Noting noting, LockedRun run, List<NoteRow> notes)
            throws SQLException {
        Map<String, Integer> versions = known(connection, run, notes);
        List<Noted> noted = new ArrayList<>();
        List<NoteRow> fresh = new ArrayList<>();
        int version = run.tip().version();
        for (NoteRow note : notes) {
            Integer there = versions.putIfAbsent(note.eventId(), version + 1);
            if (there == null) {
                fresh.add(note);
                version++;
            }
            noted.add(new Noted(there == null ? version : there, there != null));
        }
        if (!fresh.isEmpty()) {
            store(connection, noting, run, fresh);
        }
        return noted;
    }

    private static Map<String, Integer> known(Connection connection, LockedRun run, List<NoteRow> notes)
            throws SQLException {
        Map<String, Integer> versions = new HashMap<>();
        Values values = new Values()
                .set("tenant", run.tip().tenant())
                .set("run_id", run.id())
                .names(
                        "event_ids",
                        "varchar",
                        notes.stream().map(NoteRow::eventId).toList());
        KNOWN.query(connection, values, row -> versions.put(row.getString("event_id"), row.getInt("version")));
        return versions;
    }

    private void store(Connection connection, Noting noting, LockedRun run, List<NoteRow> fresh) throws SQLException {
        long ticket = tickets.current(connection);
        if (RUN.update(connection, run.tip().next(ticket, noting.now()).set("notes", fresh.size())) != 1) {
            throw new IllegalStateException("a run changed although it was held");
        }
        Values common = run.tip()
                .event(ticket, noting.now())
                .set("type", "note.appended")
                .set("actor", noting.actor())
                .set("transitions", "")
                .set("due_at", run.dueAt())
                .set("reason", noting.reason());
        List<Values> events = new ArrayList<>();
        for (NoteRow note : fresh) {
            events.add(common.with(new Values()
                    .set("version", run.tip().version() + 1 + events.size())
                    .set("event_id", note.eventId())
                    .set("data", note.data().getBytes(StandardCharsets.UTF_8))));
        }
        Events.write(connection, events);
        Events.writeData(connection, events);
    }
}
