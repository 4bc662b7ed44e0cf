package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Fault;
import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.fault.Unavailable;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatsTest {

    private final Fixture queue = new Fixture(Database.H2);
    private final Repeats repeats = queue.get(Repeats.class);
    private final AtomicInteger tries = new AtomicInteger();

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void workThatSucceedsRunsOnce() {
        assertThat(repeats.call(tries::incrementAndGet)).isEqualTo(1);
        assertThat(tries).hasValue(1);
    }

    @Test
    void aPassingFailureIsRepeated() {
        assertThat(repeats.call(() -> failFor(2, deadlock()))).isEqualTo(3);
    }

    @Test
    void afterThreeFailuresTheDatabaseIsUnavailable() {
        assertThatThrownBy(() -> repeats.call(() -> failFor(9, deadlock())))
                .isInstanceOfSatisfying(
                        Unavailable.class, fault -> assertThat(fault.code()).isEqualTo("database_unavailable"));
        assertThat(tries).hasValue(3);
    }

    @Test
    void afterTwoSecondsNothingIsRepeated() {
        assertThatThrownBy(() -> repeats.call(() -> {
                    queue.clock.advance(Duration.ofSeconds(2).plusNanos(1000));
                    return failFor(9, deadlock());
                }))
                .isInstanceOf(Unavailable.class);
        assertThat(tries).hasValue(1);
    }

    @Test
    void refusedDataAreThoseOfClasses22And23() {
        for (String state : List.of("22001", "22", "23505", "23514")) {
            assertThat(Transient.refusesData(new RuntimeException(new SQLException("no", state))))
                    .as(state)
                    .isTrue();
        }
        for (String state : List.of("42601", "40001", "08006", "2", "")) {
            assertThat(Transient.refusesData(new RuntimeException(new SQLException("no", state))))
                    .as(state)
                    .isFalse();
        }
        assertThat(Transient.refusesData(new SQLException("no state"))).isFalse();
    }

    @Test
    void anyOtherFailureIsThrownAtOnce() {
        RuntimeException other = new IllegalStateException(new SQLException("no", "23505"));
        Fault refusal = new InvalidRequest("a", "b");

        assertThatThrownBy(() -> repeats.call(() -> failFor(9, other))).isSameAs(other);
        assertThatThrownBy(() -> repeats.call(() -> failFor(9, refusal))).isSameAs(refusal);
        assertThat(tries).hasValue(2);
    }

    @Test
    void aFailedCommitIsNeverRepeated() {
        RuntimeException lost = new OutcomeUnknown(new SQLRecoverableException("gone", "08006"));

        assertThatThrownBy(() -> repeats.call(() -> failFor(9, lost)))
                .isInstanceOfSatisfying(
                        Unavailable.class, fault -> assertThat(fault.code()).isEqualTo("outcome_unknown"));
        assertThat(tries).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "HYT00", "53300", "90067", "90098", "08006", "08", "57P01"})
    void aPassingStateIsFoundAnywhereInTheChain(String state) {
        SQLException cause = new SQLException("passing", state);

        assertThat(Transient.is(cause)).isTrue();
        assertThat(Transient.is(new IllegalStateException(new RuntimeException(cause))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "42601", "40002", "0", ""})
    void anyOtherStateIsNot(String state) {
        assertThat(Transient.is(new RuntimeException(new SQLException("lasting", state))))
                .isFalse();
    }

    @Test
    void whatHasNoStateComesFromAPoolAndIsPassing() {
        RuntimeException circle = new RuntimeException("a");
        circle.initCause(new RuntimeException(circle));

        assertThat(Transient.is(null)).isFalse();
        assertThat(Transient.is(new SQLException("no connection to give"))).isTrue();
        assertThat(Transient.is(new SQLTransientConnectionException())).isTrue();
        assertThat(Transient.is(new SQLRecoverableException())).isTrue();
        assertThat(Transient.is(circle)).isFalse();
    }

    private int failFor(int times, RuntimeException failure) {
        if (tries.incrementAndGet() <= times) {
            throw failure;
        }
        return tries.get();
    }

    private static RuntimeException deadlock() {
        return new IllegalStateException(new SQLException("deadlock", "40P01"));
    }
}
