package dev.leasehold.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Sends to one reader, one sending at a time. */
abstract sealed class StreamOutput permits HoldingOutput, CallingOutput {

    /** Who is to know that a sending has ended: it was taken, or nothing more can be sent. */
    interface Then {

        /**
         * Goes on.
         *
         * @param late it was taken after a time that is too long
         */
        void goOn(boolean late);
    }

    private final Runnable over;
    private final LongSupplier nanos;
    private final AtomicBoolean told = new AtomicBoolean();

    /** Nothing more is sent. */
    volatile boolean ended;

    private volatile long since;

    /**
     * An output.
     *
     * @param over is told once, when nothing more is sent
     * @param nanos the time on which patience is measured
     */
    StreamOutput(Runnable over, LongSupplier nanos) {
        this.over = over;
        this.nanos = nanos;
    }

    /**
     * Sends that. Others send nothing until it has ended.
     *
     * @param patience it is late when it took so long
     */
    abstract void send(byte[] text, Duration patience, Then then);

    /** Gives up a sending that has taken so long; then it is over. */
    abstract void hurry(Duration patience);

    /** Sends nothing more. */
    abstract void end();

    final void begin() {
        since = nanos.getAsLong();
    }

    final boolean isLate(Duration patience) {
        return nanos.getAsLong() - since >= patience.toNanos();
    }

    final void tellOnce() {
        if (told.compareAndSet(false, true)) {
            over.run();
        }
    }
}
