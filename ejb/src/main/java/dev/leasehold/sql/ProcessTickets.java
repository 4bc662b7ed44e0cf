package dev.leasehold.sql;

import java.sql.Connection;
import java.util.TreeSet;

/** Tickets from a counter of this process: enough for a database that only one process opens. */
public final class ProcessTickets implements Tickets {

    private record Ticket(long number) {}

    private final Transactions transactions;
    private final TreeSet<Long> open = new TreeSet<>();
    private long last;

    /** A counter that goes on after {@code last}, the greatest position that the database holds. */
    public ProcessTickets(Transactions transactions, long last) {
        this.transactions = transactions;
        this.last = last;
    }

    @Override
    public long current(Connection connection) {
        return transactions.keep(Ticket.class, this::draw).number();
    }

    @Override
    public synchronized long horizon(Connection connection) {
        return open.isEmpty() ? last + 1 : open.first();
    }

    /** A ticket whose end nobody would tell is closed at once: it would hold back the feed for good. */
    private Ticket draw() {
        long number = next();
        boolean told = false;
        try {
            transactions.afterCompletion(committed -> close(number));
            told = true;
        } finally {
            if (!told) {
                close(number);
            }
        }
        return new Ticket(number);
    }

    private synchronized long next() {
        open.add(++last);
        return last;
    }

    private synchronized void close(long number) {
        open.remove(number);
    }
}
