package dev.leasehold.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.client.Stub.Asked;
import dev.leasehold.client.Stub.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** A server that has work for workers: hands out what is offered, renews all but what it was told, accepts reports. */
public final class Foreman implements AutoCloseable {

    public static final String CLAIM = "POST /api/v1/leases";
    public static final String RENEW = "POST /api/v1/leases/renew";
    public static final String RELEASE = "POST /api/v1/leases/release";
    public static final String FINISH = "POST /api/v1/attempts/finish";

    private final Stub stub = new Stub();
    private final BlockingQueue<String> offered = new LinkedBlockingQueue<>();
    private final Map<String, String> renewals = new ConcurrentHashMap<>();
    private final Map<String, String> verdicts = new ConcurrentHashMap<>();

    public Foreman() {
        stub.on(CLAIM, this::grant);
        stub.on(RENEW, asked -> results(asked, "leases", this::renewal));
        stub.on(RELEASE, asked -> results(asked, "leases", run -> "\"status\":\"released\""));
        stub.on(FINISH, this::accept);
    }

    public Stub stub() {
        return stub;
    }

    public URI base() {
        return stub.base();
    }

    /** Has a run to be done; further members of its lease begin with a comma. */
    public UUID offer(String type, String more) {
        UUID run = UUID.randomUUID();
        offered.add("{\"run_id\":\"" + run + "\",\"task_id\":\"" + UUID.randomUUID() + "\",\"type\":\"" + type
                + "\",\"queue\":\"default\",\"fence\":7,\"expiry\":4000000000,\"attempts_started\":2,\"new\":[1]" + more
                + "}");
        return run;
    }

    /** One whose attempt was started. */
    public UUID offer(String type) {
        return offer(type, started());
    }

    public static String started() {
        return ",\"attempt_id\":\"" + UUID.randomUUID() + "\",\"attempt_number\":2";
    }

    /** How the renewals of a run are answered: the members after its id. */
    public void renews(UUID run, String members) {
        renewals.put(run.toString(), members);
    }

    /** How the next report of a run is answered: the members after its id. */
    public void judges(UUID run, String members) {
        verdicts.put(run.toString(), members);
    }

    /** The reports of a run, in order. */
    public List<JsonNode> reports(UUID run) {
        List<JsonNode> found = new ArrayList<>();
        for (Asked asked : stub.asked(FINISH)) {
            asked.json().get("attempts").forEach(found::add);
        }
        return found.stream()
                .filter(report -> report.get("run_id").asText().equals(run.toString()))
                .toList();
    }

    /** Waits as long as it was asked to, but for tests at most a fifth of a second. */
    public Reply grant(Asked asked) throws InterruptedException {
        int max = asked.json().get("max").asInt();
        List<String> leases = new ArrayList<>();
        String first = offered.poll(asked.json().get("wait_secs").asInt() > 0 ? 200 : 0, TimeUnit.MILLISECONDS);
        while (first != null) {
            leases.add(first);
            first = leases.size() < max ? offered.poll() : null;
        }
        return Reply.ok("{\"leases\":[" + String.join(",", leases) + "]}");
    }

    public Reply accept(Asked asked) {
        return results(asked, "attempts", run -> {
            String verdict = verdicts.remove(run);
            return verdict == null ? "\"status\":\"accepted\",\"state\":\"Completed\"" : verdict;
        });
    }

    private String renewal(String run) {
        return renewals.getOrDefault(run, "\"status\":\"renewed\",\"expiry\":4000000060,\"cancel_requested\":false");
    }

    private static Reply results(Asked asked, String list, Function<String, String> result) {
        List<String> results = StreamSupport.stream(asked.json().get(list).spliterator(), false)
                .map(item -> item.get("run_id").asText())
                .map(run -> "{\"run_id\":\"" + run + "\"," + result.apply(run) + "}")
                .toList();
        return Reply.ok("{\"results\":[" + String.join(",", results) + "]}");
    }

    @Override
    public void close() {
        stub.close();
    }
}
