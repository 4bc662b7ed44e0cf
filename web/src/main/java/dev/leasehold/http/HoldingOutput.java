package dev.leasehold.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes on the thread that sends. While the reader takes nothing that thread is held, until somebody else
 * {@linkplain #hurry finds it so} and interrupts it.
 */
final class HoldingOutput extends StreamOutput {

    private final OutputStream out;
    private @Nullable Thread writing;

    HoldingOutput(OutputStream out, Runnable over, LongSupplier nanos) {
        super(over, nanos);
        this.out = out;
    }

    @Override
    void send(byte[] text, Duration patience, Then then) {
        if (!enter()) {
            then.goOn(false);
            return;
        }
        boolean written = false;
        boolean late;
        try {
            out.write(text);
            out.flush();
            written = true;
        } catch (IOException | RuntimeException e) {
            System.getLogger(HoldingOutput.class.getName()).log(System.Logger.Level.DEBUG, "a reader is gone", e);
        } finally {
            late = leave(written, patience);
        }
        then.goOn(late);
    }

    private synchronized boolean enter() {
        if (!ended) {
            writing = Thread.currentThread();
            begin();
        }
        return !ended;
    }

    /** Whether it was late. Nobody interrupts this thread from here on; that somebody has may not reach what it does next. */
    private boolean leave(boolean written, Duration patience) {
        boolean late = isLate(patience);
        boolean over;
        synchronized (this) {
            writing = null;
            ended |= !written;
            over = ended;
        }
        Thread.interrupted();
        if (over) {
            tellOnce();
        }
        return late;
    }

    @Override
    synchronized void hurry(Duration patience) {
        if (writing != null && isLate(patience)) {
            ended = true;
            writing.interrupt();
        }
    }

    @Override
    void end() {
        boolean idle;
        synchronized (this) {
            ended = true;
            idle = writing == null;
            if (writing != null) {
                writing.interrupt();
            }
        }
        if (idle) {
            tellOnce();
        }
    }
}
