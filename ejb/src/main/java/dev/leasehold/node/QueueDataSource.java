package dev.leasehold.node;

import dev.leasehold.settings.Settings;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The default data source's driver: connects to what the settings name. A descriptor names this class and no URL, since
 * servers read URLs in descriptors each in their own way; what they set on it is not used.
 */
public class QueueDataSource implements DataSource {

    /** A plan that a connection keeps from when a table was small must not read all of it when it is large. */
    public static final String PLANS =
            "-c enable_seqscan=off -c enable_bitmapscan=off -c jit=off -c plan_cache_mode=force_generic_plan";

    /** All that the default data source says to PostgreSQL as it connects: how long it waits, and how it plans. */
    public static final String OPTIONS = "-c lock_timeout=2s -c statement_timeout=50s " + PLANS;

    /** Nothing that is asked of PostgreSQL may keep a thread for good; what a URL says itself counts before these. */
    private static final Map<String, String> DEFAULTS =
            Map.of("connectTimeout", "10", "socketTimeout", "60", "tcpKeepAlive", "true", "options", OPTIONS);

    private static final Drivers OF_PROCESS = new Drivers();

    private final Settings settings;
    private final Drivers drivers;
    private @Nullable PrintWriter writer;
    private int loginTimeout;

    /** For the server: connects as the process's settings say. */
    public QueueDataSource() {
        this(Settings.ofProcess(), OF_PROCESS);
    }

    QueueDataSource(Settings settings, Drivers drivers) {
        this.settings = settings;
        this.drivers = drivers;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return ReconnectingConnection.open(this::open);
    }

    private Connection open() throws SQLException {
        String url = settings.databaseUrl();
        Properties properties = new Properties();
        properties.setProperty("user", settings.databaseUser());
        properties.setProperty("password", settings.databasePassword());
        if (!url.startsWith(Drivers.H2)) {
            properties.putAll(DEFAULTS);
        }
        return drivers.connect(url, properties);
    }

    /**
     * Ends what all of them have opened, for good: not every server closes the pool of an application that it takes down, and
     * what stays open keeps an embedded database from the next one.
     */
    public static void end() {
        OF_PROCESS.end();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    /** Ignored: the settings name the database. */
    public void setUrl(String url) {}

    /** Ignored: the settings name the user. */
    public void setUser(String user) {}

    /** Ignored: the settings hold the password. */
    public void setPassword(String password) {}

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return writer;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        writer = out;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(QueueDataSource.class.getName());
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("not a wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
