package dev.leasehold.request;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Takes a response's body in up to a limit, and hangs up on what comes beyond. */
final class Body implements BodySubscriber<Body> {

    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<Body> complete = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    private boolean truncated;

    /** Keeps up to that many bytes. */
    Body(int limit) {
        this.limit = limit;
    }

    /** What was kept; complete when the stage is. */
    byte[] bytes() {
        return kept.toByteArray();
    }

    /** Whether there was more. */
    boolean truncated() {
        return truncated;
    }

    @Override
    public CompletionStage<Body> getBody() {
        return complete;
    }

    @Override
    public void onSubscribe(Subscription started) {
        subscription = started;
        started.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[Math.min(buffer.remaining(), limit - kept.size())];
            truncated |= bytes.length < buffer.remaining();
            buffer.get(bytes);
            kept.writeBytes(bytes);
        }
        if (truncated && subscription != null) {
            subscription.cancel();
            complete.complete(this);
        }
    }

    @Override
    public void onError(Throwable failure) {
        complete.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        complete.complete(this);
    }
}
