package dev.leasehold.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.conformance.Script.Prelude;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void anEmptyPayloadIsOk() {
        assertThat(Script.of("", 1)).isEqualTo(new Script(List.of(), "ok", null));
    }

    @Test
    void anAttemptTakesItsEntryAndTheLastOneAgain() {
        String payload = "suspend|retry:a, b: c|ok:done";
        assertThat(Script.of(payload, 1)).isEqualTo(new Script(List.of(), "suspend", null));
        assertThat(Script.of(payload, 2)).isEqualTo(new Script(List.of(), "retry", "a, b: c"));
        assertThat(Script.of(payload, 3)).isEqualTo(new Script(List.of(), "ok", "done"));
        assertThat(Script.of(payload, 4)).isEqualTo(new Script(List.of(), "ok", "done"));
    }

    @Test
    void preludesComeFirst() {
        assertThat(Script.of("use:Token=500,sleep:20,block,fatal:x", 1))
                .isEqualTo(new Script(
                        List.of(new Prelude("use", "Token=500"), new Prelude("sleep", "20"), new Prelude("block", "")),
                        "fatal",
                        "x"));
        assertThat(Script.of("block", 1)).isEqualTo(new Script(List.of(new Prelude("block", "")), "ok", null));
    }
}
