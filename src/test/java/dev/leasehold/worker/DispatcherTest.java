package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.database.Fixture;
import dev.leasehold.node.Node;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a desk and of the node's readiness when rounds fail, and when they do not any more. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DispatcherTest {

    private final Set<Queues> lost = new HashSet<>();
    private final List<Boolean> told = Collections.synchronizedList(new ArrayList<>());
    private final Station one = station("one");
    private final Station other = station("other");
    private Runnable beforeItIsTold = () -> {};
    private final Fixture queue = new Fixture(Database.H2);
    private final Dispatcher dispatcher = dispatcher();

    @AfterEach
    void close() {
        queue.close();
    }

    private static Station station(String queue) {
        Station station = new Station(Queues.one(queue));
        station.desk().open(1);
        return station;
    }

    private Dispatcher dispatcher() {
        queue.put(Round.class, new Round() {
            @Override
            public List<Claimed> run(List<Report> reports, int wanted, Queues queues) {
                if (lost.contains(queues)) {
                    throw new LinkageError("a class is gone");
                }
                return List.of();
            }
        });
        queue.put(Node.class, new Node() {
            @Override
            public void flushFailing(boolean failing) {
                beforeItIsTold.run();
                told.add(failing);
            }
        });
        return queue.get(Dispatcher.class);
    }

    private void fails(Station station) {
        lost.add(station.queues());
        lead(station);
    }

    private void recovers(Station station) {
        lost.remove(station.queues());
        lead(station);
    }

    private void lead(Station station) {
        Lead<Report> lead = next(station);
        try {
            dispatcher.lead(station, lead);
        } finally {
            station.desk().leave(true);
        }
    }

    /** A round to lead at the desk, by a thread that comes for it. */
    private static Lead<Report> next(Station station) {
        station.desk().ring(null);
        station.desk().enter();
        return Objects.requireNonNull(
                Objects.requireNonNull(station.desk().next(null)).lead());
    }

    @Test
    void aDeskHasALeaderAgainWhateverFailsBesideARound() {
        lost.add(one.queues());
        beforeItIsTold = () -> {
            throw new IllegalStateException("the node is gone too");
        };

        assertThatThrownBy(() -> lead(one)).hasMessage("the node is gone too");

        assertThat(next(one)).isEqualTo(new Lead<>(List.of(), 1));
    }

    @Test
    void theNodeIsNotReadyUntilNoStationFails() {
        fails(one);
        fails(other);
        fails(one);
        assertThat(told).containsExactly(true, true);

        recovers(one);
        assertThat(told).containsExactly(true, true, true);

        recovers(other);
        recovers(other);
        assertThat(told).containsExactly(true, true, true, false);
    }

    @Test
    void whatIsToldLastIsTrue() throws InterruptedException {
        fails(one);
        Thread failing = new Thread(() -> fails(other));
        beforeItIsTold = () -> {
            if (Thread.currentThread() != failing) {
                failing.start();
                await().atMost(30, TimeUnit.SECONDS)
                        .until(() -> failing.getState() == Thread.State.BLOCKED || told.size() == 2);
            }
        };

        recovers(one);
        failing.join();

        assertThat(told.get(told.size() - 1)).isTrue();
    }
}
