package dev.leasehold.request;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.settings.Settings;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/**
 * Type {@code http.request}: sends the request that its payload describes to a host that {@code leasehold.http-hosts}
 * allows, and leaves the answer as output (docs/operations.md).
 */
@Handles("http.request")
@ApplicationScoped
public class HttpRequestHandler implements Handler<Payload> {

    @Inject
    Settings settings;

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Transport transport;

    @Override
    public Outcome run(Payload payload, Attempt attempt) throws InterruptedException {
        return new Exchange(settings, clock, transport).run(payload, attempt);
    }
}
