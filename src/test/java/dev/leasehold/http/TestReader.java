package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Somebody at the other end of a connection, who may take nothing for a while, or be gone. The server between either holds
 * who writes meanwhile or, once somebody listens, says that it is not ready.
 */
final class TestReader extends ServletOutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch writing = new CountDownLatch(1);
    private volatile @Nullable CountDownLatch held;
    private volatile boolean gone;
    private @Nullable WriteListener listener;
    private boolean ready;
    private boolean refused = true;
    private boolean callsLater;
    private boolean broken;
    private boolean deaf;
    private @Nullable AsyncListener server;
    private int flushed;

    /** How often its answer was ended. */
    int completed;

    /** All that has reached it. */
    String text() {
        return bytes.toString(StandardCharsets.UTF_8).substring(0, flushed);
    }

    /** The ids of the events that have. */
    List<String> ids() {
        return text().lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4))
                .toList();
    }

    /** Takes nothing from now on. */
    void takesNothing() {
        held = new CountDownLatch(1);
    }

    /** Takes what there is. */
    void takes() throws IOException {
        held.countDown();
        held = null;
        call();
    }

    /** Has the server say nothing of itself before it is told to. */
    void isCalledLater() {
        callsLater = true;
    }

    /** Has the server say that it takes more. */
    void call() throws IOException {
        if (listener != null) {
            refused = false;
            listener.onWritePossible();
        }
    }

    /** Waits until somebody is held because it takes nothing. */
    void awaitHolding() throws InterruptedException {
        writing.await();
    }

    /** Is not there any more, which who writes gets to know. */
    void leaves() {
        gone = true;
    }

    /** Its server does what nobody expects when it is written to. */
    void breaks() {
        broken = true;
    }

    /** Its server takes no listener. */
    void takesNoListener() {
        deaf = true;
    }

    HttpServletRequest request() {
        return as(HttpServletRequest.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "startAsync" -> context();
            default -> throw new AssertionError(method);
        });
    }

    private AsyncContext context() {
        return as(AsyncContext.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "setTimeout" -> {}
                case "addListener" -> {
                    if (deaf) {
                        throw new IllegalStateException("deaf");
                    }
                    server = (AsyncListener) arguments[0];
                }
                case "complete" -> {
                    completed++;
                    if (server != null) {
                        server.onComplete(null);
                    }
                }
                default -> throw new AssertionError(method);
            }
            return null;
        });
    }

    HttpServletResponse response() {
        return as(HttpServletResponse.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getOutputStream" -> this;
            case "setContentType", "setCharacterEncoding", "setHeader" -> null;
            default -> throw new AssertionError(method);
        });
    }

    private static <T> T as(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(TestReader.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public void write(byte[] text) throws IOException {
        if (listener == null) {
            hold();
        } else {
            assertThat(ready).as("asked before writing").isTrue();
            ready = false;
        }
        if (gone) {
            throw new IOException("broken pipe");
        }
        if (broken) {
            throw new IllegalArgumentException("broken");
        }
        bytes.writeBytes(text);
    }

    private void hold() throws IOException {
        CountDownLatch latch = held;
        if (latch != null) {
            writing.countDown();
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }

    @Override
    public void flush() {
        flushed = bytes.size();
    }

    @Override
    public void write(int one) {
        throw new AssertionError("byte by byte");
    }

    @Override
    public boolean isReady() {
        assertThat(refused).as("asked again before it was called").isFalse();
        ready = held == null || bytes.size() == flushed;
        refused = !ready;
        return ready;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        this.listener = listener;
        if (callsLater) {
            return;
        }
        try {
            call();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
