package dev.leasehold.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the server call when the reader takes more, so that nobody waits for it. Whoever comes while another thread writes
 * leaves it to that one.
 */
final class CallingOutput extends StreamOutput implements WriteListener {

    /** What is on its way: its text until that is written, and who is to know how it ended. */
    private static final class Sending {
        private final Duration patience;
        private final Then then;
        private byte @Nullable [] text;
        private boolean flushed;

        private Sending(byte[] text, Duration patience, Then then) {
            this.text = text;
            this.patience = patience;
            this.then = then;
        }
    }

    private final ServletOutputStream out;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile @Nullable Sending sending;
    /** The server has said that more may be written, and has not taken it back. */
    private volatile boolean called;

    CallingOutput(ServletOutputStream out, Runnable over, LongSupplier nanos) {
        super(over, nanos);
        this.out = out;
        out.setWriteListener(this);
    }

    @Override
    void send(byte[] text, Duration patience, Then then) {
        begin();
        sending = new Sending(text, patience, then);
        write();
    }

    @Override
    public void onWritePossible() {
        called = true;
        write();
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    void hurry(Duration patience) {
        if (sending != null && isLate(patience)) {
            end();
        }
    }

    @Override
    void end() {
        ended = true;
        write();
    }

    private void write() {
        if (calls.getAndIncrement() > 0) {
            return;
        }
        boolean done = false;
        try {
            int seen;
            do {
                seen = calls.get();
                Sending now = sending;
                boolean taken = now != null && writeAll(now);
                if (taken || ended) {
                    finish(now);
                }
            } while (!calls.compareAndSet(seen, 0));
            done = true;
        } finally {
            if (!done) {
                ended = true;
                calls.set(0);
            }
        }
    }

    private void finish(@Nullable Sending last) {
        if (ended) {
            tellOnce();
        }
        if (last != null) {
            sending = null;
            last.then.goOn(isLate(last.patience));
        }
    }

    /** Whether all of it has been taken. */
    private boolean writeAll(Sending what) {
        try {
            while (!ended && isReady()) {
                byte[] text = what.text;
                if (text != null) {
                    what.text = null;
                    out.write(text);
                } else if (!what.flushed) {
                    what.flushed = true;
                    out.flush();
                } else {
                    return true;
                }
            }
        } catch (IOException | RuntimeException e) {
            System.getLogger(CallingOutput.class.getName()).log(System.Logger.Level.DEBUG, "a reader is gone", e);
            ended = true;
        }
        return false;
    }

    /** Who was refused does not ask again before the server has called: what is asked is also a request to be called. */
    private boolean isReady() {
        if (!called) {
            return false;
        }
        called = false;
        boolean ready = out.isReady();
        if (ready) {
            called = true;
        }
        return ready;
    }
}
