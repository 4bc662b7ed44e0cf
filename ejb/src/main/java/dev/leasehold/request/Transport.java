package dev.leasehold.request;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The node's one HTTP client, opened for its first request. It speaks HTTP/1.1, follows nothing, and keeps neither cookies
 * nor credentials; it goes through the proxy that the Java system properties name.
 */
@ApplicationScoped
public class Transport {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private @Nullable HttpClient client;

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
            open = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();
            client = open;
        }
        return open;
    }

    /** Lets the client go; its threads end when nothing refers to it. */
    @PreDestroy
    synchronized void close() {
        client = null;
    }
}
