package dev.leasehold.request;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The node's one HTTP client, opened for its first request. It speaks HTTP/1.1, follows nothing, and keeps neither cookies
 * nor credentials; it goes through the proxy that the Java system properties name.
 */
@ApplicationScoped
public class Transport {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private @Nullable HttpClient client;
    private @Nullable ExecutorService executor;

    /** Sends without waiting; canceling what it answers ends the exchange. Up to so many bytes of the body are kept. */
    CompletableFuture<HttpResponse<Body>> send(Order order, Target target, int limit) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.uri())
                .method(
                        order.method(),
                        order.body() == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(order.body().bytes()));
        order.headers().forEach(request::header);
        return client().sendAsync(request.build(), response -> new Body(limit));
    }

    private synchronized HttpClient client() {
        HttpClient open = client;
        if (open == null) {
            ExecutorService own = Executors.newCachedThreadPool(Transport::thread);
            executor = own;
            open = HttpClient.newBuilder()
                    .executor(own)
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();
            client = open;
        }
        return open;
    }

    /** It carries bytes and calls nothing of the application. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "leasehold-http");
        thread.setDaemon(true);
        return thread;
    }

    /** Lets the client go: the thread that waits for the network ends when nothing refers to it, the others at once. */
    @PreDestroy
    synchronized void close() {
        client = null;
        if (executor != null) {
            executor.shutdown();
        }
    }
}
