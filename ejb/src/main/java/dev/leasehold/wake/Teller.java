package dev.leasehold.wake;

import dev.leasehold.sql.Notices;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/**
 * Tells the other nodes, after a commit and outside of every transaction: at once when nothing was told for a moment,
 * and what comes during that moment together at its end.
 */
final class Teller implements Runnable {

    /** Each notice makes its database's commits wait for one another, and every other node look for work. */
    static final Duration APART = Duration.ofMillis(5);

    private final DataSource source;
    private final String word;
    private final Pauses pauses;
    private final Semaphore due = new Semaphore(0);
    private final Trouble trouble = new Trouble(
            "other nodes cannot be told of work, and find it by polling", "other nodes are told of work again");

    Teller(DataSource source, String word, CountDownLatch end) {
        this.source = source;
        this.word = word;
        this.pauses = new Pauses(end);
    }

    /** There is something to tell, or the end has come. Returns at once. */
    void tell() {
        if (due.availablePermits() == 0) {
            due.release();
        }
    }

    @Override
    public void run() {
        try {
            while (!pauses.atEnd()) {
                due.acquire();
                due.drainPermits();
                if (!pauses.atEnd()) {
                    send();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() throws InterruptedException {
        try {
            try (Connection connection = Lines.borrow(source)) {
                Notices.tell(connection, word);
            }
            trouble.over();
            pauses.reset();
            pauses.pause(APART);
        } catch (SQLException | RuntimeException | LinkageError e) {
            if (!pauses.atEnd()) {
                trouble.because(e);
                tell();
                pauses.afterFailure();
            }
        }
    }
}
