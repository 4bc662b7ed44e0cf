package dev.leasehold.bench;

import dev.leasehold.bench.contender.Contender;
import dev.leasehold.bench.peer.Peers;
import java.util.List;

/** Every system under test, in the order in which they take turns. */
final class Contenders {
    static final List<Contender> ALL = List.copyOf(Peers.ALL);

    private Contenders() {}

    static Contender of(String name) {
        return ALL.stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no system " + name));
    }
}
