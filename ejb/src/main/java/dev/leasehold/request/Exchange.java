package dev.leasehold.request;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.settings.Settings;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/**
 * Sends what a payload asks for, and follows where it is led if it was told to. Its messages name method, scheme, host and
 * port only: whoever may read errors need not be one who may read payloads.
 */
final class Exchange {

    private static final int HOPS = 5;

    private final Settings settings;
    private final Clock clock;
    private final Transport transport;

    Exchange(Settings settings, Clock clock, Transport transport) {
        this.settings = settings;
        this.clock = clock;
        this.transport = transport;
    }

    Outcome run(Payload payload, Attempt attempt) throws InterruptedException {
        try {
            Order order = OrderForm.read(payload).withUsual(usual(attempt));
            Target target = Target.of(order.url(), settings.httpHosts());
            return follow(order, target, new Patience(order.timeout(), attempt, clock.instant()));
        } catch (UnsendableRequest refusal) {
            return Outcome.fail(refusal.message());
        }
    }

    private static Map<String, String> usual(Attempt attempt) {
        Map<String, String> usual = new HashMap<>(Map.of(
                "Idempotency-Key", attempt.runId().toString(),
                "Leasehold-Attempt", String.valueOf(attempt.number()),
                "Leasehold-Attempt-Id", attempt.attemptId().toString(),
                "Leasehold-Fence", String.valueOf(attempt.fence()),
                "Leasehold-Run-Id", attempt.runId().toString(),
                "User-Agent", "Leasehold"));
        attempt.keyFence().ifPresent(fence -> usual.put("Leasehold-Key-Fence", String.valueOf(fence)));
        return usual;
    }

    private Outcome follow(Order first, Target start, Patience patience) throws InterruptedException {
        int largest = settings.maxPayloadBytes();
        Order order = first;
        Target target = start;
        for (int hop = 0; hop <= HOPS; hop++) {
            String asked = order.method() + " " + target.origin();
            HttpResponse<Body> response;
            try {
                response = patience.over() ? null : patience.await(transport.send(order, target, Output.room(largest)));
            } catch (ExecutionException e) {
                return Outcome.retry(asked + " failed: " + describe(e));
            }
            if (response == null) {
                return patience.outcome(asked);
            }
            Answer answer = new Answer(asked, target, response);
            String location = answer.location();
            if (location == null || !order.followRedirects()) {
                return answer.outcome(largest, clock.instant());
            }
            Target next = target.redirected(location, settings.httpHosts());
            order = order.redirected(response.statusCode(), !next.origin().equals(target.origin()));
            target = next;
        }
        return Outcome.fail("more than " + HOPS + " redirects");
    }

    /** Messages of the client tell of addresses and certificates; others could quote what was sent. */
    private static String describe(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        boolean harmless = cause instanceof SSLException || cause instanceof ConnectException;
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (harmless && message != null ? ": " + message : "");
    }
}
