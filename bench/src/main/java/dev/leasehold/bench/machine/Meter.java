package dev.leasehold.bench.machine;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Probe;
import dev.leasehold.bench.report.Latency;
import dev.leasehold.bench.report.Measurement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Measures one repetition. */
public final class Meter implements Probe, AutoCloseable {
    private static final int STEADY_FROM_PERCENT = 50;

    private final Instruments instruments;
    private final long runs;
    private final Set<Long> clients = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Sample start;
    private volatile @Nullable Sample end;
    private volatile @Nullable Mark steady;
    private volatile double @Nullable [] latencies;

    private record Sample(long nanos, Cpu cpu, long wal) {}

    private record Mark(Sample sample, long done) {}

    /** For so many runs on that database. */
    public Meter(Database database, long runs) throws SQLException {
        this(new Instruments.Real(database), runs);
    }

    Meter(Instruments instruments, long runs) {
        this.instruments = instruments;
        this.runs = runs;
    }

    @Override
    public void client(long pid) {
        clients.add(pid);
    }

    @Override
    public synchronized void started() {
        if (start != null) {
            throw new IllegalStateException("started twice");
        }
        long wal = instruments.wal();
        var cpu = instruments.cpu(clients);
        start = new Sample(instruments.nanos(), cpu, wal);
    }

    private Sample now() {
        return new Sample(instruments.nanos(), instruments.cpu(clients), instruments.wal());
    }

    @Override
    public void progress(long done) {
        if (steady == null && done * 100 >= runs * STEADY_FROM_PERCENT) {
            mark(done);
        }
    }

    private synchronized void mark(long done) {
        if (steady == null) {
            steady = new Mark(now(), done);
        }
    }

    @Override
    public synchronized void complete() {
        if (start == null || end != null) {
            throw new IllegalStateException(start == null ? "not started" : "complete twice");
        }
        end = now();
    }

    @Override
    public void latencies(double[] millis) {
        latencies = millis.clone();
    }

    /** What was measured; {@code null} when the case did not come to its end. */
    public @Nullable Measurement measured() {
        var from = start;
        var to = end;
        if (from == null || to == null) {
            return null;
        }
        double seconds = (to.nanos - from.nanos) / 1e9;
        var mark = begin(from);
        long counted = runs - mark.done;
        var cpu = to.cpu.since(mark.sample.cpu);
        double countedSeconds = (to.nanos - mark.sample.nanos) / 1e9;
        var millis = latencies;
        return new Measurement(
                seconds,
                runs / seconds,
                mark.done == 0 ? null : counted / countedSeconds,
                cpu.database() * 1e6 / counted,
                cpu.clients() * 1e6 / counted,
                (double) (to.wal - mark.sample.wal) / counted,
                cpu.others() / countedSeconds,
                millis == null || millis.length == 0 ? null : Latency.of(millis));
    }

    /** What counts begins there: at the start, unless progress was told. */
    private Mark begin(Sample from) {
        var mark = steady;
        return mark == null || mark.done >= runs ? new Mark(from, 0) : mark;
    }

    @Override
    public void close() throws SQLException {
        instruments.close();
    }
}
