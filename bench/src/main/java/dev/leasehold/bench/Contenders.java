package dev.leasehold.bench;

import dev.leasehold.bench.contender.Contender;
import dev.leasehold.bench.leasehold.Leasehold;
import dev.leasehold.bench.leasehold.RawLimit;
import dev.leasehold.bench.peer.Peers;
import java.util.List;
import java.util.stream.Stream;

/** Every system under test, in the order in which they take turns. */
final class Contenders {
    static final List<Contender> ALL = Stream.of(RawLimit.ALL, List.of(new Leasehold()), Peers.ALL)
            .<Contender>flatMap(List::stream)
            .toList();

    private Contenders() {}

    static Contender of(String name) {
        return ALL.stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no system " + name));
    }
}
