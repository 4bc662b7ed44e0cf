package dev.leasehold.server;

import dev.leasehold.database.Folders;
import dev.leasehold.database.TestDatabases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Opens the database of this run of the server's tests before the server starts, and tells the server of it. */
public class ServerDatabase implements LauncherSessionListener {

    private static final String KIND = System.getProperty("leasehold.test.database", "");
    /** So that a test whose run is claimed proves that a commit announced it. */
    private static final String NO_POLLING = "-Dleasehold.poll-secs=60";

    private static EmbeddedPostgres postgres;
    private static Path folder;
    private static int port;

    /** Whether the server runs on PostgreSQL. */
    public static boolean isPostgresql() {
        return KIND.equals("postgresql");
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
            if (KIND.isEmpty() || folder != null) {
                return;
            }
            folder = Files.createTempDirectory("leasehold-it");
            if (isPostgresql()) {
                port = freePort();
                start();
            }
            List<String> settings = settings();
            System.setProperty(
                    "leasehold.test.arguments",
                    String.join(" ", QuickStart.withArchive()) + " " + String.join(" ", settings));
            Server.current().prepareForArquillian(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> settings() {
        return isPostgresql()
                ? List.of(
                        "-Dleasehold.database-url=jdbc:postgresql://localhost:" + port + "/postgres",
                        "-Dleasehold.database-user=postgres",
                        NO_POLLING)
                : List.of("-Dleasehold.data-folder=" + folder, NO_POLLING);
    }

    /** The settings by which a server of its own gets a database of its own, of this run's kind. */
    public static List<String> settings(String name) throws IOException, SQLException {
        if (!isPostgresql()) {
            return List.of();
        }
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return existing(name);
    }

    /** The settings by which a further server shares a database of this run's PostgreSQL. */
    static List<String> existing(String name) {
        return List.of(
                "-Dleasehold.database-url=jdbc:postgresql://localhost:" + port + "/" + name,
                "-Dleasehold.database-user=postgres");
    }

    /** A database of this run's PostgreSQL, to look at only. */
    static DataSource readOnly(String name) {
        return postgres.getDatabase("postgres", name, Map.of("readOnly", "true", "ApplicationName", "the test"));
    }

    /** A database of this run's PostgreSQL, for what tests put beside the queue. */
    static DataSource writable(String name) {
        return postgres.getDatabase("postgres", name, Map.of("ApplicationName", "the test"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Starts the database where it stands, on the data that it has. */
    public static void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    /** Stops the database, cutting off whoever is connected. */
    public static void stop() throws IOException {
        postgres.close();
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        try {
            TestDatabases.close();
            if (postgres != null) {
                postgres.close();
            }
            if (folder != null) {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
