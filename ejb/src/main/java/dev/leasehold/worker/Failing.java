package dev.leasehold.worker;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The stations whose rounds fail. */
final class Failing {

    private final Set<Station> stations = new HashSet<>();

    /** Says of a station whether its rounds fail; answers whether that is news, of which somebody is told before others are heard. */
    synchronized boolean changed(Station station, boolean fails, Consumer<Boolean> told) {
        boolean news = fails ? stations.add(station) : stations.remove(station);
        if (news) {
            told.accept(!stations.isEmpty());
        }
        return news;
    }
}
