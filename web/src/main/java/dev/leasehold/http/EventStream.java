package dev.leasehold.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Somebody who follows events over one connection. One thread at a time serves it. */
final class EventStream {

    /** Before any event: how soon to come back when the connection breaks. */
    private static final String OPENING = "retry: 1000\n\n";

    private static final byte[] LAGGED =
            bytes("event: lagged\ndata: {\"error\":\"lagged\",\"message\":\"events were taken"
                    + " too slowly; come back with the last id\"}\n\n");

    /** Well within the ten seconds in which a reader may expect a sign of life. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(8).toNanos();

    private final StreamOutput output;
    private final LongSupplier nanos;
    private final Duration patience;
    private final AtomicBoolean served = new AtomicBoolean();
    private volatile Following place;
    private volatile long lastSent;
    private String told;

    /**
     * A reader who stands there.
     *
     * @param output makes its output, which tells that when nothing more is sent
     * @param patience how long one sending may take
     * @param over is told once, when nothing more is sent
     * @param nanos the time on which silence and patience are measured
     */
    EventStream(
            Function<Runnable, StreamOutput> output,
            Following place,
            Duration patience,
            Consumer<EventStream> over,
            LongSupplier nanos) {
        this.place = place;
        this.patience = patience;
        this.nanos = nanos;
        told = place.mark();
        this.output = output.apply(() -> over.accept(this));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Following place() {
        return place;
    }

    /** Whether it is the caller's to serve, until it is put back. */
    boolean take() {
        return served.compareAndSet(false, true);
    }

    boolean isTaken() {
        return served.get();
    }

    void putBack() {
        served.set(false);
    }

    /** Sends what comes first, and what was read from its place. */
    void open(Following.Part first, Runnable then) {
        go(OPENING + first.text(), first, then);
    }

    /**
     * Sends what was read from its place and goes there, or gives a sign of life after a silence.
     *
     * @param then when it has been taken, or nothing more can be
     */
    void send(Following.Part part, Runnable then) {
        if (!part.text().isEmpty()) {
            go(part.text(), part, then);
            return;
        }
        place = part.next();
        if (isSilent()) {
            tell(signOfLife(), then);
        } else {
            then.run();
        }
    }

    private void go(String text, Following.Part part, Runnable then) {
        place = part.next();
        told = part.text().isEmpty() ? told : place.mark();
        tell(text, then);
    }

    /** It names the place where that moved on over events that nobody here wants. */
    private String signOfLife() {
        String mark = place.mark();
        String where = mark.equals(told) ? "" : "id: " + mark + "\n";
        told = mark;
        return ": nothing new\n" + where + "\n";
    }

    private void tell(String text, Runnable then) {
        output.send(bytes(text), patience, late -> {
            lastSent = nanos.getAsLong();
            if (late) {
                output.send(LAGGED, patience, last -> output.end());
            } else {
                then.run();
            }
        });
    }

    /** Whether nothing was sent for so long that a sign of life is due. */
    boolean isSilent() {
        return nanos.getAsLong() - lastSent >= SILENCE_NANOS;
    }

    /** Ends it when a sending has taken twice as long as it may: too long for a word of it, too. */
    void hurry() {
        output.hurry(patience.multipliedBy(2));
    }

    /** Whether nothing more is sent. */
    boolean isOver() {
        return output.ended;
    }

    /** Ends it; the reader may come back. */
    void end() {
        output.end();
    }
}
