package dev.leasehold.bench.machine;

import dev.leasehold.bench.contender.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The benchmark's own PostgreSQL: durable, with memory enough that nothing waits for a checkpoint. */
public final class Postgres implements Closeable {
    /** What differs from the defaults of the embedded server, or of PostgreSQL. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "shared_buffers", "2GB",
            "max_wal_size", "16GB",
            "min_wal_size", "2GB",
            "checkpoint_timeout", "30min",
            "max_connections", "300");

    private static final String READ_ALL = """
            do $$
            declare
              one regclass;
              number bigint;
            begin
              for one in
                select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
              loop
                execute format('select count(t.*) from %s t', one) into number;
              end loop;
            end $$""";

    private static final List<String> SHOWN = List.of(
            "server_version",
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "shared_buffers",
            "max_wal_size",
            "min_wal_size",
            "checkpoint_timeout",
            "max_connections",
            "autovacuum",
            "jit");

    private final EmbeddedPostgres server;
    private final Database maintenance;

    private Postgres(EmbeddedPostgres server, Database maintenance) {
        this.server = server;
        this.maintenance = maintenance;
    }

    /** Starts it on an empty data folder there; what a run before it left is deleted. */
    public static Postgres start(Path data) throws IOException {
        Folders.delete(data);
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setLocaleConfig("locale", "C")
                .setPGStartupWait(Duration.ofMinutes(1));
        SETTINGS.forEach(builder::setServerConfig);
        var server = builder.start();
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
        return new Postgres(server, new Database(server.getPort(), "postgres", postmaster));
    }

    /** The settings that matter, as the server says them. */
    public String settings() throws SQLException {
        var settings = new ArrayList<String>();
        for (var name : SHOWN) {
            settings.add(name + " " + maintenance.word("show " + name));
        }
        return "PostgreSQL: " + String.join(", ", settings);
    }

    /** A new, empty database that does not wait for the disk: for what is loaded before the measurement. */
    public Database create(String name) throws SQLException {
        drop(name);
        maintenance.execute("create database " + name, "alter database " + name + " set synchronous_commit = off");
        return maintenance.named(name);
    }

    /**
     * A copy of a database that nobody is connected to, with everything on the disk, a checkpoint behind it, and each table
     * read once, so that nobody begins colder than others.
     */
    public Database copy(String template, String name) throws SQLException {
        drop(name);
        maintenance.execute("create database " + name + " template " + template + " strategy file_copy", "checkpoint");
        var copy = maintenance.named(name);
        copy.execute(READ_ALL);
        return copy;
    }

    /** Ends whoever is connected. */
    public void drop(String name) throws SQLException {
        maintenance.execute("drop database if exists " + name + " with (force)");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
