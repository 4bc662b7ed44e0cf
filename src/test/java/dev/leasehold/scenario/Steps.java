package dev.leasehold.scenario;

import static dev.leasehold.scenario.Scenarios.accepted;
import static dev.leasehold.scenario.Scenarios.byId;
import static dev.leasehold.scenario.Scenarios.mutate;
import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.server.Api;
import java.util.List;

/** Mutations by which a scenario brings one run where it wants it, in the name of a worker w1. */
final class Steps {

    static final List<String> STATES = List.of(
            "Scheduled", "Ready", "Leased", "Running", "RetryWait", "Suspended", "Completed", "Failed", "Canceled");

    private Steps() {}

    /** A run with an open attempt that the caller holds in the name of w1, until 2000. */
    static String running() {
        return in("Running");
    }

    static String leased() {
        return in("Leased");
    }

    /** A new run in that state, with one attempt left; alone of its type, so that no other one comes before it. */
    static String in(String state) {
        String type = "alone." + System.nanoTime();
        String run = Scenarios.runId(Scenarios.submit(script("ok").type(type).attempts(2)));
        if (state.equals("Canceled")) {
            accepted(move(run, "Scheduled", "Canceled"));
        } else {
            bring(run, state);
        }
        assertThat(byId(run).get("state").asText()).isEqualTo(state);
        return run;
    }

    /** Brings a new run into that state; it is Ready already if a run that was due with it was promoted. */
    static void bring(String run, String state) {
        int steps = Math.min(STATES.indexOf(state), 4);
        if (steps > 0 && byId(run).get("state").asText().equals("Scheduled")) {
            accepted(move(run, "Scheduled", "Ready"));
        }
        if (steps > 1) {
            accepted(acquire(run));
        }
        if (steps > 2) {
            accepted(mutate("{'command':'AttemptStart','run_id':'" + run + "'}"));
        }
        if (steps > 3) {
            end(run, state);
        }
    }

    /** Ends the open attempt so that the run is in that state afterwards. */
    static void end(String run, String state) {
        String outcome = switch (state) {
            case "RetryWait" -> "'result':'retryable_failure','error':'x'";
            case "Failed" -> "'result':'terminal_failure','error':'x'";
            case "Suspended" -> "'result':'suspended'";
            default -> "'result':'success'";
        };
        accepted(finish(run, attempt(run), outcome));
        assertThat(byId(run).get("state").asText()).isEqualTo(state);
    }

    /** The open attempt. */
    static String attempt(String run) {
        return byId(run).get("current_attempt_id").asText();
    }

    static Api.Answer acquire(String run) {
        return lease("LeaseAcquire", run, "w1", 2000);
    }

    static Api.Answer lease(String command, String run, String owner, long expiry) {
        return mutate(
                "{'command':'" + command + "','run_id':'" + run + "','owner':'" + owner + "','expiry':" + expiry + "}");
    }

    static Api.Answer finish(String run, String attempt, String outcome) {
        return mutate(
                "{'command':'AttemptFinish','run_id':'" + run + "','attempt_id':'" + attempt + "'," + outcome + "}");
    }

    static Api.Answer move(String run, String from, String to) {
        return mutate("{'run_id':'" + run + "','previous_state':'" + from + "','new_state':'" + to + "'}");
    }
}
