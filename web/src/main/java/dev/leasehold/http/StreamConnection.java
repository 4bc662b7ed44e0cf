package dev.leasehold.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** The request behind a stream: it is answered bit by bit and holds no thread meanwhile. */
final class StreamConnection implements AsyncListener {

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final AtomicBoolean completed = new AtomicBoolean();
    private Runnable gone = () -> {};

    private StreamConnection(AsyncContext context, ServletOutputStream out) {
        this.context = context;
        this.out = out;
    }

    /** Begins the answer to that request. */
    static StreamConnection open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        response.setHeader("Connection", "close");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        return new StreamConnection(context, response.getOutputStream());
    }

    /**
     * What is sent to whoever asked. Undertow has us write on threads of ours: with its asynchronous writing other requests
     * lost bytes when readers left (docs/decisions.md).
     */
    StreamOutput output(Runnable over, LongSupplier nanos) {
        return out.getClass().getName().startsWith("io.undertow.")
                ? new HoldingOutput(out, over, nanos)
                : new CallingOutput(out, over, nanos);
    }

    /** Has the server say when the reader is gone. */
    void begin(EventStream stream) {
        gone = stream::end;
        context.addListener(this);
    }

    /** Ends the answer, unless the server has. */
    void complete() {
        if (completed.compareAndSet(false, true)) {
            try {
                context.complete();
            } catch (RuntimeException e) {
                System.getLogger(StreamConnection.class.getName())
                        .log(System.Logger.Level.DEBUG, "the server was first", e);
            }
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        completed.set(true);
        gone.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        gone.run();
    }

    @Override
    public void onError(AsyncEvent event) {
        gone.run();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
