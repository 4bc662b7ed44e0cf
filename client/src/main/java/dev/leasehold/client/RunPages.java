package dev.leasehold.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads a list of runs page by page, each when it is needed. */
final class RunPages implements Iterator<Run.Summary> {

    private final Transport transport;
    private final RunFilter filter;
    private final int size;
    private Iterator<Run.Summary> page = List.<Run.Summary>of().iterator();
    private @Nullable String after;
    private boolean last;

    RunPages(Transport transport, RunFilter filter, int size) {
        this.transport = transport;
        this.filter = filter;
        this.size = size;
    }

    Stream<Run.Summary> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && !last) {
            turn();
        }
        return page.hasNext();
    }

    @Override
    public Run.Summary next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }

    private void turn() {
        RunFilter asked = filter.with("limit", String.valueOf(size));
        String path = (after == null ? asked : asked.with("after", after)).query("/api/v1/runs");
        Run.Listing listing = transport.get(path, Duration.ZERO, Run.Listing.class);
        page = listing.runs().iterator();
        last = listing.runs().size() < size;
        if (!last) {
            Run.Summary end = listing.runs().get(size - 1);
            after = listing.next() == null ? end.runId().toString() : listing.next();
        }
    }
}
