package dev.leasehold.node;

import dev.leasehold.settings.Settings;
import dev.leasehold.sql.ClaimStatement;
import dev.leasehold.sql.FinishStatement;
import dev.leasehold.sql.LaneStatement;
import dev.leasehold.sql.PromoteStatement;
import dev.leasehold.sql.StartStatement;
import dev.leasehold.sql.SubmitStatement;
import dev.leasehold.sql.Tickets;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionScoped;
import org.hibernate.Session;

/** Hands out what the node opened, once its start is complete. */
@ApplicationScoped
public class Producers {

    @Inject
    Node node;

    /** The settings of this process. */
    @Produces
    @Singleton
    static Settings settings() {
        return Settings.ofProcess();
    }

    /** The transaction's own entity manager. A Session by type, or unwrapping it would meet the client proxy. */
    @Produces
    @Leasehold
    @TransactionScoped
    Session open() {
        return node.factory().createEntityManager().unwrap(Session.class);
    }

    void close(@Disposes @Leasehold Session session) {
        if (session.isOpen()) {
            session.close();
        }
    }

    @Produces
    @ApplicationScoped
    LaneStatement lanes() {
        return node.statements().lanes();
    }

    @Produces
    @ApplicationScoped
    SubmitStatement submit() {
        return node.statements().submit();
    }

    @Produces
    @ApplicationScoped
    PromoteStatement promote() {
        return node.statements().promote();
    }

    @Produces
    @ApplicationScoped
    ClaimStatement claim() {
        return node.statements().claim();
    }

    @Produces
    @ApplicationScoped
    StartStatement start() {
        return node.statements().start();
    }

    @Produces
    @ApplicationScoped
    FinishStatement finish() {
        return node.statements().finish();
    }

    @Produces
    @ApplicationScoped
    Tickets tickets() {
        return node.statements().tickets();
    }
}
