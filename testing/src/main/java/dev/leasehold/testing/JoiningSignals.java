package dev.leasehold.testing;

import dev.leasehold.api.Signals;
import dev.leasehold.wait.SendingSignals;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends signals in the transaction that is there, or in a new one. */
final class JoiningSignals implements Signals {

    private final QueueProcess process;

    JoiningSignals(QueueProcess process) {
        this.process = process;
    }

    @Override
    public void send(UUID run, String name, @Nullable String json) {
        SendingSignals sending = process.get(SendingSignals.class);
        if (process.transaction() == null) {
            process.transactions().inNew(() -> {
                sending.send(run, name, json);
                return run;
            });
        } else {
            sending.send(run, name, json);
        }
    }
}
