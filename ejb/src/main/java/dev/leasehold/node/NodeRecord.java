package dev.leasehold.node;

import dev.leasehold.node.RecordHeartbeats.Beat;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A process that takes part, and when it was last heard of. */
@Entity
@Table(schema = "leasehold", name = "node")
public class NodeRecord {

    private static final Duration STALE_AFTER = Duration.ofSeconds(15);

    /** What a node's silence says about it. */
    public enum Status {
        /** It was heard of a moment ago. */
        ALIVE,
        /** It has missed a heartbeat: 15 s without one. */
        STALE,
        /** Its leases have ended. */
        LOST
    }

    @Id
    @Column(name = "node_id")
    UUID id;

    @Column(name = "name")
    String name;

    @Column(name = "types")
    String types;

    @Column(name = "capabilities")
    String capabilities;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "heartbeat_at")
    Instant heartbeatAt;

    @Column(name = "expiry")
    Instant expiry;

    /** Raised by others alone, whatever this node writes of itself meanwhile. */
    @Column(name = "looks_asked", insertable = false, updatable = false)
    long looksAsked;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected NodeRecord() {}

    NodeRecord(UUID id, String name, Instant startedAt) {
        this.id = id;
        this.name = name;
        this.types = "";
        this.capabilities = "";
        this.startedAt = startedAt;
        this.heartbeatAt = startedAt;
        this.expiry = startedAt;
    }

    void beat(Beat beat, Instant now, Duration lease) {
        types = String.join("\n", beat.types());
        capabilities = String.join("\n", beat.capabilities());
        heartbeatAt = now;
        expiry = now.plus(lease);
    }

    /** What tells the process from every other, its own earlier ones included. */
    public UUID id() {
        return id;
    }

    /** The node's name, as its settings say. */
    public String name() {
        return name;
    }

    /** The task types that it has handlers for. */
    public List<String> types() {
        return lines(types);
    }

    /** What its handlers can do that some runs require. */
    public List<String> capabilities() {
        return lines(capabilities);
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }

    /** When the process began to take part. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When it was last heard of. */
    public Instant heartbeatAt() {
        return heartbeatAt;
    }

    /** When its leases end unless it is heard of again. */
    public Instant expiry() {
        return expiry;
    }

    /** How often others have asked it to compare what it carries out with its leases. */
    public long looksAsked() {
        return looksAsked;
    }

    /** What its silence says at that moment. */
    public Status status(Instant now) {
        if (!now.isBefore(expiry)) {
            return Status.LOST;
        }
        return now.isBefore(heartbeatAt.plus(STALE_AFTER)) ? Status.ALIVE : Status.STALE;
    }
}
