package dev.leasehold.bench;

import dev.leasehold.bench.contender.Probe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Remembers what it was told. */
public final class RecordedProbe implements Probe {
    private final List<String> told = new ArrayList<>();

    public List<String> told() {
        return told;
    }

    @Override
    public void client(long pid) {
        told.add("client");
    }

    @Override
    public void started() {
        told.add("started");
    }

    @Override
    public void progress(long done) {
        told.add("progress " + done);
    }

    @Override
    public void complete() {
        told.add("complete");
    }

    @Override
    public void latencies(double[] millis) {
        told.add("latencies " + Arrays.toString(millis));
    }
}
