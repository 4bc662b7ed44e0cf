package dev.leasehold.wake;

import dev.leasehold.sql.Notices;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Hears what other nodes tell, on one connection that is kept, and on another when that is lost. */
final class Listener implements Runnable {

    private static final System.Logger LOG = System.getLogger(Wakes.class.getName());

    /** Bounds how long an end takes, and must stay below the second of {@link #heardWithin}. */
    private static final int SLICE_MILLIS = 250;

    private static final int SLICES_BETWEEN_TESTS = 40;
    private static final int TEST_SECONDS = 5;

    /**
     * What a listener does with what it hears.
     *
     * @param ownWord what this node itself tells
     * @param begun called when a connection listens: has {@code ownWord} told, which proves that notices come through
     * @param heard called when another node told something, or may have while nobody listened
     */
    record Hearing(String ownWord, Runnable begun, Runnable heard) {}

    private final DataSource source;
    private final Hearing hearing;
    private final Pauses pauses;
    private final Trouble trouble =
            new Trouble("other nodes are not heard, their work is found by polling", "other nodes are heard again");
    private boolean hopeless;
    private boolean silenceSaid;
    private volatile boolean hears;

    Listener(DataSource source, Hearing hearing, CountDownLatch end) {
        this.source = source;
        this.hearing = hearing;
        this.pauses = new Pauses(end);
    }

    /** Whether notices are known to come through. */
    boolean hears() {
        return hears;
    }

    @Override
    public void run() {
        try {
            while (!pauses.atEnd() && !hopeless) {
                listen();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() throws InterruptedException {
        try (Connection connection = Lines.open(source)) {
            if (connection.isWrapperFor(PGConnection.class)) {
                listen(connection, connection.unwrap(PGConnection.class));
            } else {
                hopeless = true;
                LOG.log(
                        Level.INFO,
                        "the data source does not show a PostgreSQL driver of this application: other nodes"
                                + " are not heard, their work is found by polling");
            }
        } catch (SQLException | RuntimeException | LinkageError e) {
            hears = false;
            if (!pauses.atEnd()) {
                trouble.because(e);
                pauses.afterFailure();
            }
        } finally {
            hears = false;
        }
    }

    private void listen(Connection connection, PGConnection driver) throws SQLException {
        Notices.listen(connection);
        hearing.begun().run();
        hearing.heard().run();
        int quiet = 0;
        while (!pauses.atEnd()) {
            if (heardWithin(driver)) {
                quiet = 0;
            } else if (++quiet % SLICES_BETWEEN_TESTS == 0) {
                test(connection);
            }
        }
        Notices.unlisten(connection);
    }

    /**
     * Waits for a slice. The driver looks whether more follows what it read, which takes a millisecond, unless it did so
     * less than a second ago: so it is asked without waiting first, when nobody is kept waiting by that.
     */
    private boolean heardWithin(PGConnection driver) throws SQLException {
        return heard(driver.getNotifications()) || heard(driver.getNotifications(SLICE_MILLIS));
    }

    private boolean heard(PGNotification @Nullable [] notices) {
        if (notices == null || notices.length == 0) {
            return false;
        }
        if (Arrays.stream(notices).anyMatch(notice -> !hearing.ownWord().equals(notice.getParameter()))) {
            hearing.heard().run();
        }
        hears = true;
        pauses.reset();
        trouble.over();
        return true;
    }

    private void test(Connection connection) throws SQLException {
        if (!connection.isValid(TEST_SECONDS)) {
            throw new SQLNonTransientConnectionException("the connection that listened is lost");
        }
        if (!hears && !silenceSaid) {
            silenceSaid = true;
            LOG.log(
                    Level.INFO,
                    "PostgreSQL''s notices do not come through, as behind a pooler of transactions: other"
                            + " nodes'' work is found by polling");
        }
    }
}
