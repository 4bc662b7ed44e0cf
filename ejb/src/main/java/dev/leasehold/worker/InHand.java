package dev.leasehold.worker;

import dev.leasehold.run.Recall;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.LeaseStatement.Said;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The runs that this process has taken and whose result is not stored yet: between the claim and the call, in a
 * handler, or waiting to be stored. Each can be told to stop.
 */
@ApplicationScoped
public class InHand {

    private static final System.Logger LOG = System.getLogger(InHand.class.getName());

    private final Map<UUID, Token> tokens = new ConcurrentHashMap<>();
    private final Map<Token, UUID> running = new ConcurrentHashMap<>();

    @Inject
    Recall recall;

    /** Listens for runs that are taken away on this node. */
    void begin() {
        recall.listen(this::stop);
    }

    /** Takes runs that this process has been granted; an attempt under an earlier lease of the same run has to stop. */
    public void take(Collection<Claimed> claimed) {
        claimed.forEach(one -> {
            Token before = tokens.put(one.runId(), new Token(UnderWay.of(one)));
            if (before != null) {
                before.stop();
            }
        });
    }

    /** The claim of these has committed: from now on everybody can see their leases. */
    public void committed(Collection<Claimed> claimed) {
        claimed.forEach(one -> {
            Token token = tokens.get(one.runId());
            if (token != null && token.fence() == one.fence()) {
                token.commit();
            }
        });
    }

    void letGoOf(Collection<Claimed> claimed) {
        claimed.forEach(one -> letGo(one.runId(), one.fence()));
    }

    /** The run's result is stored, or not this process's to store any more. */
    public void letGo(UUID run, long fence) {
        tokens.computeIfPresent(run, (id, token) -> token.fence() == fence ? null : token);
    }

    /** What tells that attempt to stop; it has to at once where the run is in hand under another lease, or not at all. */
    Token token(Claimed run) {
        Token token = tokens.get(run.runId());
        if (token != null && token.fence() == run.fence()) {
            return token;
        }
        Token gone = new Token(UnderWay.of(run));
        gone.stop();
        gone.close();
        return gone;
    }

    /** The fences of the leases in hand that everybody can see, by run. */
    public Map<UUID, Long> fences() {
        Map<UUID, Long> fences = new HashMap<>();
        tokens.forEach((run, token) -> {
            if (token.committed()) {
                fences.put(run, token.fence());
            }
        });
        return fences;
    }

    /** What attempts in hand have said of how far they are and nobody has stored yet. */
    List<Said> said() {
        List<Said> said = new ArrayList<>();
        tokens.forEach((run, token) -> {
            Said news = token.news();
            if (news != null && token.committed() && !token.stopped()) {
                said.add(news);
            }
        });
        return said;
    }

    /** That was stored. */
    void heard(Said stored) {
        Token token = tokens.get(stored.runId());
        if (token != null && token.fence() == stored.fence()) {
            token.heard(stored);
        }
    }

    /** How many runs are in hand. */
    public int count() {
        return tokens.size();
    }

    /** The fences of all leases in hand, by run. */
    Map<UUID, Long> all() {
        Map<UUID, Long> fences = new HashMap<>();
        tokens.forEach((run, token) -> fences.put(run, token.fence()));
        return fences;
    }

    /** Whether the run is in hand under that fence. */
    public boolean has(UUID run, long fence) {
        Token token = tokens.get(run);
        return token != null && token.fence() == fence;
    }

    /** All leases in hand, and those whose handlers still run; some twice. */
    Stream<Token> tokens() {
        return Stream.concat(tokens.values().stream(), running.keySet().stream());
    }

    /** Calls the handler of an attempt: it can be given up meanwhile, also when its run is in hand under another lease. */
    <T> T during(Claimed run, Token token, Supplier<T> handler) {
        running.put(token, run.runId());
        try {
            return token.during(handler);
        } finally {
            running.remove(token);
        }
    }

    /** Whether a handler runs. */
    public boolean calling() {
        return !running.isEmpty();
    }

    /** Gives up the threads of handlers that were told to stop longer ago than that and have not; answers whether there are any. */
    boolean giveUp(Duration grace, Consumer<Thread> lost) {
        boolean any = false;
        for (Map.Entry<Token, UUID> one : running.entrySet()) {
            if (one.getKey().giveUp(grace, lost)) {
                any = true;
                LOG.log(Level.WARNING, "the handler of run {0} does not stop; its thread is given up", one.getValue());
            }
        }
        return any;
    }

    /** Tells every attempt to stop. */
    public void stopAll() {
        tokens.values().forEach(Token::stop);
        running.keySet().forEach(Token::stop);
    }

    /** Tells those of the attempts to stop that are here under these fences. */
    public void stop(Map<UUID, Long> fences) {
        stopOthers(fences, Map.of());
    }

    /** Tells those attempts to stop that were asked for by their fences and whose leases are not among the fences found. */
    public void stopOthers(Map<UUID, Long> asked, Map<UUID, Long> found) {
        asked.forEach((run, fence) -> {
            Token token = tokens.get(run);
            if (token != null && token.fence() == fence && !fence.equals(found.get(run))) {
                token.stop();
            }
        });
    }
}
