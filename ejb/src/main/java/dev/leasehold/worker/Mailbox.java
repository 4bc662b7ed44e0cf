package dev.leasehold.worker;

import dev.leasehold.api.Received;
import dev.leasehold.sql.Transactions;
import dev.leasehold.tenant.Caller;
import dev.leasehold.wait.Waits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** What came of what a run waited for, as its handler asks for it. */
@ApplicationScoped
public class Mailbox {

    private static final int MOST = 1000;

    @Inject
    Transactions transactions;

    @Inject
    Waits waits;

    /** The newest, the oldest first. */
    List<Received> of(UUID run) {
        return transactions.inNew(() -> waits.received(Caller.application(), run, MOST));
    }
}
