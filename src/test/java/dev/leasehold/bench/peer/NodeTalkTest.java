package dev.leasehold.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bench.RecordedProbe;
import dev.leasehold.bench.contender.Outcome;
import org.junit.jupiter.api.Test;

class NodeTalkTest {
    private final RecordedProbe probe = new RecordedProbe();

    @Test
    void theProgramWaitsUntilTheProbeHasStarted() throws Exception {
        var outcome = talk(
                "echo ready; read word; test $word = start && echo done 20; echo complete; echo latencies 1.5 0.25; echo good");

        assertThat(outcome.voided()).isNull();
        assertThat(probe.told()).containsExactly("started", "progress 20", "complete", "latencies [1.5, 0.25]");
    }

    @Test
    void whatTheProgramFoundWrongVoidsTheCase() throws Exception {
        assertThat(talk("echo complete; echo void 1 of 9 is left").voided()).isEqualTo("1 of 9 is left");
    }

    @Test
    void aProgramThatFailsIsVoidWhateverItSaid() throws Exception {
        assertThat(talk("echo good; exit 3").voided()).isEqualTo("its process ended with 3");
        assertThat(talk("echo complete").voided()).isEqualTo("its process ended with 0");
    }

    private Outcome talk(String script) throws Exception {
        return NodeTalk.with(new ProcessBuilder("sh", "-c", script).start(), probe);
    }
}
