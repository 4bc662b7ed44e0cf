package dev.leasehold.wait;

import dev.leasehold.api.Awaited;
import dev.leasehold.api.Signals;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.Order;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends what the application sends, in its transaction. */
@ApplicationScoped
public class SendingSignals implements Signals {

    @Inject
    SendSignals send;

    @Override
    public void send(UUID run, String name, @Nullable String json) {
        if (!Awaited.isName(name)) {
            throw new IllegalArgumentException("a signal's name must be 1 to 128 of letters, digits and . _ - :");
        }
        if (json != null && json.getBytes(StandardCharsets.UTF_8).length > LONGEST_JSON) {
            throw new IllegalArgumentException("what comes with a signal must be at most " + LONGEST_JSON + " bytes");
        }
        SendSignals.Request request = new SendSignals.Request(Order.of(run), name, json);
        Fault refusal =
                send.execute(Caller.application(), List.of(request)).get(0).refusal();
        if (refusal != null) {
            throw refusal;
        }
    }
}
