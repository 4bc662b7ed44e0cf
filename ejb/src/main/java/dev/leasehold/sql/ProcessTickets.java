package dev.leasehold.sql;

import java.sql.Connection;
import java.util.concurrent.atomic.AtomicLong;

/** Tickets from a counter of this process: enough for a database that only one process opens. */
public final class ProcessTickets implements Tickets {

    private record Ticket(long number) {}

    private final Transactions transactions;
    private final AtomicLong last;

    /** A counter that goes on after {@code last}, the greatest position that the database holds. */
    public ProcessTickets(Transactions transactions, long last) {
        this.transactions = transactions;
        this.last = new AtomicLong(last);
    }

    @Override
    public long current(Connection connection) {
        return transactions
                .keep(Ticket.class, () -> new Ticket(last.incrementAndGet()))
                .number();
    }
}
