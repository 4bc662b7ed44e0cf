package dev.leasehold.run;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** All runs of one type in one queue: what a worker can take, or cannot, as a whole. */
@Entity
@Table(schema = "leasehold", name = "lane")
public class Lane {

    @EmbeddedId
    LaneKey key;

    @Column(name = "queue")
    String queue;

    @Column(name = "type")
    String type;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Lane() {}

    /** The queue's name. */
    public String queue() {
        return queue;
    }

    /** The task type. */
    public String type() {
        return type;
    }
}
