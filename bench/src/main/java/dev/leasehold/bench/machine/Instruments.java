package dev.leasehold.bench.machine;

import dev.leasehold.bench.contender.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** What a meter reads. */
interface Instruments extends AutoCloseable {
    /** Of a clock that only goes on. */
    long nanos();

    /** Used until now. */
    Cpu cpu(Collection<Long> clients);

    /** Bytes of write-ahead log until now. */
    long wal();

    @Override
    void close() throws SQLException;

    /** Of this machine. The connection is opened here, so that it costs the case nothing. */
    record Real(Database database, Connection connection) implements Instruments {
        Real(Database database) throws SQLException {
            this(database, database.open());
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Cpu cpu(Collection<Long> clients) {
            return Cpu.now(database.postmaster(), clients);
        }

        @Override
        public long wal() {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")) {
                rows.next();
                return rows.getLong(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
