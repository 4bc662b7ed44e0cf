package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The rate of each minute of work that was done in pieces. */
final class Minutes {

    private static final double MINUTE = 60;

    private final List<Double> full = new ArrayList<>();
    private double seconds;
    private double runs;

    /** A piece of that length at one pace. */
    void add(double length, double done) {
        double left = length;
        while (seconds + left >= MINUTE) {
            double part = MINUTE - seconds;
            full.add((runs + done * part / length) / MINUTE);
            left -= part;
            seconds = 0;
            runs = 0;
        }
        seconds += left;
        runs += done * left / length;
    }

    /** How many minutes are full. */
    int whole() {
        return full.size();
    }

    /** The runs a second of each full minute. */
    List<Double> rates() {
        return List.copyOf(full);
    }

    /** The same as figures. */
    Outcome tell(Outcome outcome) {
        Outcome told = outcome;
        for (int i = 0; i < full.size(); i++) {
            told = told.with("runs/s in minute " + (i + 1), full.get(i));
        }
        return told;
    }
}
