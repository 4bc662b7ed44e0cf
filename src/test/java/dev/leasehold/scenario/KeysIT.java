package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** D. Concurrency keys: one holder at a time, through waits and restarts where the task says so. */
class KeysIT extends Scenarios {

    @Test
    void s43_oneHolderPerKey() {
        configure("{\"concurrency\":4}");
        String first = submit(script("block").key("K"));
        String second = submit(script("block").key("K"));
        String free = submit(script("block"));
        tick();
        assertThat(calls()).containsExactlyInAnyOrder(first, free);
        assertThat(state(second)).isEqualTo("Ready");
        release();
        idle();
        assertThat(calls()).containsExactlyInAnyOrder(first, free, second);
        release();
        idle();
        reset();
        configure("{\"concurrency\":4}");
        submit(script("sleep:30").key("K"));
        submit(script("sleep:30").key("K"));
        JsonNode idle = idle();
        assertThat(idle.get("dispatched").asInt()).isEqualTo(2);
        assertThat(idle.get("completed").asInt()).isEqualTo(2);
    }

    @Test
    void s44_differentKeysDoNotBlock() {
        configure("{\"concurrency\":2}");
        for (String[] keys : new String[][] {{"A", "B"}, {"a", "A"}}) {
            String one = submit(script("block").key(keys[0]));
            String other = submit(script("block").key(keys[1]));
            tick();
            assertThat(state(one)).isEqualTo("Running");
            assertThat(state(other)).isEqualTo("Running");
            release();
            idle();
        }
    }

    @Test
    void s46_holdPoliciesWhileSuspendedAndRetrying() {
        for (String waits : new String[] {"suspend", "retry:x"}) {
            String holder = submit(script(waits).key("K").attempts(3).backoff(1000));
            String blocked = submit(script("ok").key("K"));
            idle();
            String waiting = waits.equals("suspend") ? "Suspended" : "RetryWait";
            assertThat(state(holder)).isEqualTo(waiting);
            assertThat(state(blocked)).isEqualTo("Ready");
            reset();
            holder = submit(
                    script(waits).key("K").hold("ReleaseOnRetry").attempts(3).backoff(1000));
            String free = submit(script("ok").key("K"));
            idle();
            assertThat(state(holder)).isEqualTo(waiting);
            assertThat(state(free)).isEqualTo("Completed");
            reset();
        }
    }

    @Test
    void s47_keyHoldingSurvivesRestart() {
        String holder = submit(script("suspend|ok").key("K").attempts(3));
        String blocked = submit(script("ok").key("K"));
        idle();
        restart();
        idle();
        assertThat(state(holder)).isEqualTo("Suspended");
        assertThat(state(blocked)).isEqualTo("Ready");
        JsonNode explain = api().get("api/v1/runs/" + runId(blocked) + "/explain?types=script")
                .body();
        assertThat(explain.get("runnable").asBoolean()).isFalse();
        JsonNode gate = explain.get("gates").get(explain.get("gates").size() - 1);
        assertThat(gate.get("gate").asText()).isEqualTo("key");
        assertThat(gate.get("held_by").get(0).asText()).isEqualTo(runId(holder));
        assertThat(order("runs/" + runId(holder) + "/resume").get("status").asText())
                .isEqualTo("resumed");
        idle();
        assertThat(state(holder)).isEqualTo("Completed");
        assertThat(state(blocked)).isEqualTo("Completed");
    }
}
