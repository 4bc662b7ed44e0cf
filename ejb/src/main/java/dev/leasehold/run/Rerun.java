package dev.leasehold.run;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;

/** That a run does again what another run of its task did: it stands in for that one (decisions 5.1). */
@Entity
@Table(schema = "leasehold", name = "rerun")
public class Rerun {

    @EmbeddedId
    RunKey key;

    @Column(name = "rerun_of")
    UUID rerunOf;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Rerun() {}

    /** The run that it is of. */
    public UUID rerunOf() {
        return rerunOf;
    }
}
