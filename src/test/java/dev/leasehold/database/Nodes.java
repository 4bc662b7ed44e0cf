package dev.leasehold.database;

import dev.leasehold.sql.Database;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Nodes on one database, each with beans, connections' entities and a clock of its own. H2's database belongs to one
 * process: there it is one node, whose threads are many.
 */
public final class Nodes implements AutoCloseable {

    private final List<Fixture> all;

    /** Nodes on a new database, the clock of each that far ahead of the one before. */
    public Nodes(Database database, int most, Duration apart) {
        this(database, TestDatabases.fresh(database), most, apart);
    }

    /** The same on a database that may hold something already. */
    public Nodes(Database database, JdbcConnectionPool found, int most, Duration apart) {
        Fixture first = new Fixture(database, found);
        Stream<Fixture> others = IntStream.range(1, database == Database.H2 ? 1 : most)
                .mapToObj(i -> Fixture.beside(first, first.clock.apart(apart.multipliedBy(i))));
        all = Stream.concat(Stream.of(first), others).toList();
    }

    /** The one whose clock the others follow. */
    public Fixture first() {
        return all.get(0);
    }

    /** The one that has a thread's, a worker's or a turn's number. */
    public Fixture of(int number) {
        return all.get(number % all.size());
    }

    @Override
    public void close() {
        all.forEach(Fixture::close);
    }
}
