package dev.leasehold.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bench.RecordedProbe;
import org.junit.jupiter.api.Test;

class HandledTest {
    @Test
    void countsRunsAndThoseThatRanAgain() {
        var probe = new RecordedProbe();
        var handled = Handled.expect(3, probe);
        Handled.run(2);
        Handled.run(0);
        Handled.run(2);

        assertThat(handled.count()).isEqualTo(3);
        assertThat(handled.twice()).isEqualTo(1);
        assertThat(handled.begun(0)).isNotZero();
        assertThat(handled.begun(1)).isZero();
        assertThat(probe.told()).containsExactly("progress 1", "progress 2", "progress 3");
    }
}
