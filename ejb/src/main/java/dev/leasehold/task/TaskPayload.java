package dev.leasehold.task;

import dev.leasehold.api.Payload;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A task's payload, read only where it is shown: a page of tasks must not bring every payload into memory. */
@Entity
@Table(schema = "leasehold", name = "task")
public class TaskPayload {

    @EmbeddedId
    TaskKey key;

    @Nullable
    @Column(name = "payload_content_type")
    String contentType;

    @Nullable
    @Column(name = "payload_form")
    String form;

    @Column(name = "payload")
    byte @Nullable [] bytes;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected TaskPayload() {}

    /** What the task's handler gets. */
    public @Nullable Payload payload() {
        return bytes == null || form == null ? null : Payload.of(contentType, Payload.Form.valueOf(form), bytes);
    }
}
