package dev.leasehold.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.api.Attempt;
import dev.leasehold.api.Awaited;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.conformance.Script.Prelude;
import jakarta.inject.Inject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Type {@code script}: does what its payload says (scenarios, "Test handler"). Forms: see {@link Script}. */
@Handles("script")
public class ScriptHandler implements Handler<Payload> {

    @Inject
    Calls calls;

    @Inject
    Gate gate;

    @Override
    public Outcome run(Payload payload, Attempt attempt) throws Exception {
        String text = text(payload);
        calls.add(attempt, text);
        Script script = Script.of(text, attempt.number());
        for (Prelude prelude : script.preludes()) {
            prelude(prelude, attempt);
        }
        return end(script);
    }

    /** A JSON string stands for what it says. */
    private static String text(Payload payload) throws IOException {
        if (payload.form() != Payload.Form.JSON) {
            return payload.text();
        }
        JsonNode json = Json.read(payload.bytes());
        return json.isTextual() ? json.asText() : payload.text();
    }

    /** One that is told to stop does not wait on. Consumption ({@code use}) has nowhere to go until budgets exist. */
    private void prelude(Prelude prelude, Attempt attempt) throws InterruptedException {
        if (prelude.word().equals("block")) {
            gate.block(attempt);
        } else if (prelude.word().equals("sleep")) {
            gate.sleep(attempt, Long.parseLong(prelude.text()));
        }
    }

    private static Outcome end(Script script) {
        String text = script.text() == null ? "" : script.text();
        return switch (script.word()) {
            case "ok" -> new Outcome(Outcome.Kind.SUCCESS, null, output(script.text()), null);
            case "suspend" -> new Outcome(Outcome.Kind.SUSPENDED, null, output(script.text()), null);
            case "wait" -> Outcome.waitFor(Awaited.signal(text));
            case "retry" -> Outcome.retry(text);
            case "fatal" -> Outcome.fail(text);
            case "throw" -> throw new IllegalStateException(text);
            default -> Outcome.fail("no such script entry: " + script.word());
        };
    }

    private static @Nullable Payload output(@Nullable String text) {
        return text == null ? null : Payload.text(text);
    }
}
