package dev.leasehold.bench;

import dev.leasehold.bench.contender.Contender;
import dev.leasehold.bench.leasehold.Leasehold;
import dev.leasehold.bench.leasehold.RawLimit;
import java.util.List;

/** Every system under test, in the order in which they take turns. */
final class Contenders {
    static final List<Contender> ALL = List.of(new RawLimit(), new Leasehold());

    private Contenders() {}

    static Contender of(String name) {
        return ALL.stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no system " + name));
    }
}
