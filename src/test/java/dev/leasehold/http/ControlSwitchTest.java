package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlSwitchTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/tasks/7/cancel",
        "POST, v1/tasks/7/cancel",
        "POST, /v1/runs/7/cancel",
        "POST, /v1/runs/7/hold/",
        "POST, /v1/engine/pause",
        "PUT, /v1/queues/mail",
        "PUT, /v1/limits/key/leases",
        "DELETE, /v1/subscriptions/7",
        "POST, /v1/what/comes/later"
    })
    void ordersAreWhatChangesTheWorkOfOthers(String method, String path) {
        assertThat(ControlSwitch.isOrder(method, path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/runs/7",
        "HEAD, /v1/engine/pause",
        "POST, /v1/tasks",
        "POST, v1/tasks/",
        "POST, /v1/tasks/batch",
        "POST, /v1/leases",
        "POST, /v1/leases/renew",
        "POST, /v1/attempts/finish"
    })
    void readingSubmittingAndWorkAreNot(String method, String path) {
        assertThat(ControlSwitch.isOrder(method, path)).isFalse();
    }
}
