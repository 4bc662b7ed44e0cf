package dev.leasehold.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {
    private final Scripted instruments = new Scripted();
    private final Meter meter = new Meter(instruments, 100);

    @Test
    void steadyIsFromHalfOfThemToTheEnd() {
        meter.started();
        instruments.pass(10);
        meter.progress(49);
        meter.progress(50);
        instruments.pass(1);
        meter.progress(90);
        instruments.pass(1);
        meter.complete();

        assertThat(meter.measured().seconds()).isEqualTo(12);
        assertThat(meter.measured().steady()).isEqualTo(25);
        assertThat(meter.measured().rate()).isEqualTo(100 / 12.0);
        assertThat(meter.measured().figure()).isEqualTo(25);
    }

    @Test
    void steadyCountsWhatWasLeftWhenProgressWasFirstTold() {
        meter.started();
        instruments.pass(1);
        meter.progress(60);
        instruments.pass(2);
        meter.complete();

        assertThat(meter.measured().steady()).isEqualTo(20);
    }

    @Test
    void costsCountFromThereToo() {
        meter.client(7);
        meter.started();
        instruments.use(10, 20, 0.5, 100);
        instruments.write(1_000_000);
        instruments.pass(10);
        meter.progress(50);
        instruments.use(0.5, 0.25, 0.125, 2.875);
        instruments.write(5_000);
        instruments.pass(2);
        meter.complete();

        var measured = meter.measured();
        assertThat(measured.databaseMicros()).isCloseTo(10_000, within(1e-6));
        assertThat(measured.clientMicros()).isCloseTo(5_000, within(1e-6));
        assertThat(measured.others()).isCloseTo(1, within(1e-9));
        assertThat(measured.walBytes()).isEqualTo(100);
    }

    @Test
    void noProgressIsNoSteadyRate() {
        meter.started();
        instruments.pass(4);
        meter.complete();

        assertThat(meter.measured().steady()).isNull();
        assertThat(meter.measured().figure()).isEqualTo(25);
    }

    @Test
    void costsAreForEachRun() {
        meter.client(7);
        meter.client(8);
        instruments.use(100, 100, 100, 1_000);
        meter.started();
        instruments.pass(2);
        instruments.use(0.5, 0.25, 0.125, 2.875);
        instruments.write(5_000);
        meter.complete();

        var measured = meter.measured();
        assertThat(measured.databaseMicros()).isCloseTo(5_000, within(1e-6));
        assertThat(measured.clientMicros()).isCloseTo(2_500, within(1e-6));
        assertThat(measured.others()).isCloseTo(1, within(1e-9));
        assertThat(measured.walBytes()).isEqualTo(50);
        assertThat(instruments.asked).containsExactly(List.of(7L, 8L), List.of(7L, 8L));
    }

    @Test
    void whatDidNotEndWasNotMeasured() {
        assertThat(meter.measured()).isNull();
        meter.started();
        meter.progress(100);
        assertThat(meter.measured()).isNull();
    }

    @Test
    void beginsOnceAndEndsOnce() {
        assertThatThrownBy(meter::complete).hasMessage("not started");
        meter.started();
        assertThatThrownBy(meter::started).hasMessage("started twice");
        meter.complete();
        assertThatThrownBy(meter::complete).hasMessage("complete twice");
    }

    /** They stand still until they are told otherwise. */
    private static final class Scripted implements Instruments {
        private final List<List<Long>> asked = new ArrayList<>();
        private long nanos = 123;
        private long wal = 77;
        private Cpu cpu = new Cpu(0, 0, 0, 0);

        void pass(long seconds) {
            nanos += seconds * 1_000_000_000;
        }

        void use(double database, double clients, double harness, double all) {
            cpu = new Cpu(cpu.database() + database, cpu.clients() + clients, cpu.harness() + harness, cpu.all() + all);
        }

        void write(long bytes) {
            wal += bytes;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Cpu cpu(Collection<Long> clients) {
            asked.add(clients.stream().sorted().toList());
            return cpu;
        }

        @Override
        public long wal() {
            return wal;
        }

        @Override
        public void close() {}
    }
}
