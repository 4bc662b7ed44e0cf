package dev.leasehold.bench.leasehold;

import dev.leasehold.sql.Tickets;
import java.sql.Connection;

/** No position is drawn by hand: no run of the benchmark needs a permit. */
final class NoTickets implements Tickets {

    @Override
    public long current(Connection connection) {
        throw new IllegalStateException("a run of the benchmark needs a permit");
    }

    @Override
    public long horizon(Connection connection) {
        throw new IllegalStateException("nobody reads the feed");
    }
}
