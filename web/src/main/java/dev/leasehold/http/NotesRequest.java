package dev.leasehold.http;

import dev.leasehold.run.AppendNotes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads events that somebody wants to have in a run's history (http.md 2b). */
final class NotesRequest {

    /** The one type of event that others may write. */
    private static final String TYPE = "note.appended";

    private static final int LONGEST_ID = 200;
    private static final int LARGEST_DATA = 16 << 10;

    private NotesRequest() {}

    static List<AppendNotes.Note> of(Members members, UUID run) {
        return Fields.items(members, "events", "event_id", "event_type", "data").stream()
                .map(event -> note(event, run))
                .toList();
    }

    private static AppendNotes.Note note(Members event, UUID run) {
        String id = event.required("event_id", event.text("event_id"));
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw event.refuse("event_id", "must have 1 to " + LONGEST_ID + " characters");
        }
        if (id.startsWith(run + ":")) {
            throw event.refuse("event_id", "must not begin like the ids that the queue gives");
        }
        if (!TYPE.equals(event.required("event_type", event.text("event_type")))) {
            throw event.refuse("event_type", "must be " + TYPE);
        }
        return new AppendNotes.Note(id, data(event, event.document("data")));
    }

    private static String data(Members event, byte @Nullable [] json) {
        if (json == null || new String(json, StandardCharsets.UTF_8).equals("null")) {
            return "{}";
        }
        if (json[0] != '{' || json.length > LARGEST_DATA) {
            throw event.refuse("data", "must be an object of at most " + LARGEST_DATA + " bytes");
        }
        return new String(json, StandardCharsets.UTF_8);
    }
}
