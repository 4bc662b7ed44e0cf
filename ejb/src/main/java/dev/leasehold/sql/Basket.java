package dev.leasehold.sql;

import dev.leasehold.sql.ClaimStatement.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** What a claim has so far, and what still fits. */
final class Basket {

    private final Claim claim;
    private final List<Candidate> won = new ArrayList<>();
    private int taken;
    private long bytes;

    Basket(Claim claim, List<Claimed> before) {
        this.claim = claim;
        taken = before.size();
        bytes = before.stream()
                .mapToLong(one -> one.payload() == null ? 0 : one.payload().size())
                .sum();
    }

    boolean full() {
        return taken >= claim.max();
    }

    boolean fits(Candidate one) {
        return !full() && (taken == 0 || bytes + one.needs().payloadBytes() <= claim.payloadBytes());
    }

    void put(Candidate one) {
        taken++;
        bytes += one.needs().payloadBytes();
    }

    List<Candidate> won() {
        return won;
    }

    /** Keeps the winners, and gives each its attempt where attempts start. */
    Map<UUID, UUID> win(List<Candidate> admitted, List<Candidate> winners) {
        int first = taken - admitted.size();
        taken = first + winners.size();
        won.addAll(winners);
        Map<UUID, UUID> attempts = new HashMap<>();
        IntStream.range(0, claim.starts() ? winners.size() : 0)
                .forEach(i ->
                        attempts.put(winners.get(i).run(), claim.attemptIds().get(first + i)));
        return attempts;
    }
}
