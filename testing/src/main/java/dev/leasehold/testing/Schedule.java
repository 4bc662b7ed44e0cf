package dev.leasehold.testing;

import dev.leasehold.testing.Mishap.Kind;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes wrong in one trial.
 *
 * @param mishaps in the order of their text
 */
record Schedule(List<Mishap> mishaps) {

    static final Schedule NONE = new Schedule(List.of());

    private static final String NOTHING = "none";
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final long CHANCE = 20_260_101;

    boolean has(Kind kind, int at) {
        return mishaps.contains(new Mishap(kind, at));
    }

    /** The seed that gives this schedule again. */
    String text() {
        return mishaps.isEmpty() ? NOTHING : mishaps.stream().map(Mishap::text).collect(Collectors.joining("-"));
    }

    /**
     * Reads a seed.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Schedule parse(String seed) {
        return seed.equals(NOTHING)
                ? NONE
                : new Schedule(
                        Arrays.stream(seed.split("-", -1)).map(Mishap::parse).toList());
    }

    /** Every single mishap of a trial with so many steps, in which these attempts reported. */
    static Stream<Schedule> singles(int steps, Collection<Integer> reported) {
        Stream<Mishap> atSteps = Stream.of(Kind.DIES_BEFORE, Kind.DIES_AFTER, Kind.LEASE_LOST)
                .flatMap(kind ->
                        Stream.iterate(1, at -> at <= steps, at -> at + 1).map(at -> new Mishap(kind, at)));
        Stream<Mishap> inAttempts = reported.stream().map(at -> new Mishap(Kind.REPORT_LOST, at));
        return Stream.concat(atSteps, inAttempts).map(mishap -> new Schedule(List.of(mishap)));
    }

    /** So many of two or three mishaps, always the same; a mishap lets more steps follow than there were. */
    static Stream<Schedule> combinations(int count, int steps, int attempts) {
        SplittableRandom random = new SplittableRandom(CHANCE);
        return Stream.generate(() -> combination(random, steps, attempts)).limit(steps == 0 ? 0 : count);
    }

    private static Schedule combination(SplittableRandom random, int steps, int attempts) {
        int size = random.nextInt(2, 4);
        Set<Mishap> chosen = new LinkedHashSet<>();
        while (chosen.size() < size) {
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            int most = kind == Kind.REPORT_LOST ? attempts + size : steps * size;
            chosen.add(new Mishap(kind, random.nextInt(1, most + 1)));
        }
        return new Schedule(chosen.stream()
                .sorted((one, other) -> one.text().compareTo(other.text()))
                .toList());
    }
}
