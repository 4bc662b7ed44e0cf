package dev.leasehold.node;

import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads which nodes take part, within a transaction. */
@ApplicationScoped
public class Nodes {

    @Inject
    @Leasehold
    EntityManager entities;

    /** One node. */
    public Optional<NodeRecord> find(UUID id) {
        return Optional.ofNullable(entities.find(NodeRecord.class, id));
    }

    /** Every node that is known, by name and start. */
    public List<NodeRecord> all() {
        return entities.createQuery("from NodeRecord n order by n.name, n.startedAt, n.id", NodeRecord.class)
                .getResultList();
    }
}
