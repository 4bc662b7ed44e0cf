package dev.leasehold.run;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** What an event says beyond its columns: a note, the queue a run was moved to, the run that a re-run is of. */
@Entity
@Table(schema = "leasehold", name = "event_data")
public class EventData {

    @EmbeddedId
    RunEventKey key;

    @Nullable
    @Column(name = "event_id")
    String eventId;

    @Column(name = "data")
    byte[] data;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected EventData() {}

    /** The number of its event within the run. */
    public int version() {
        return key.version();
    }

    /** The id that its writer gave the event; null where it has the usual one, {@code <run id>:<version>}. */
    public @Nullable String eventId() {
        return eventId;
    }

    /** A JSON object, in UTF-8 as it came. */
    public byte[] data() {
        return data.clone();
    }
}
