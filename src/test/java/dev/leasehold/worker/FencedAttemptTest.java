package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.leasehold.api.FenceTable;
import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler writes only while nobody newer of its key has written. */
class FencedAttemptTest {

    private static final NewTask TASK = NewTask.of("order");
    private static final NewTask KEYED = TASK.gates(Gates.key("K", HoldPolicy.RELEASE_ON_RETRY));

    private final Fixture queue = new Fixture(Database.H2);

    @BeforeEach
    void begin() {
        queue.tamper("create table key_fence (name varchar(255) primary key, fence bigint not null)");
        FenceTable table = new FenceTable("public.key_fence");
        queue.put(HandlerExtension.class, new OneHandler("order", HandlerTransaction.NONE, attempt -> {
            try (Connection connection = queue.dataSource.getConnection()) {
                table.admit(connection, attempt);
                return Outcome.success();
            }
        }));
        queue.activate();
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void whoeverHasTheKeyWritesAndWhoeverLostItDoesNot() {
        Claimed zombie = claimed(KEYED);
        queue.clock.advance(Duration.ofSeconds(30));
        assertThat(queue.expire()).isEqualTo(1);
        queue.get(Heartbeat.class).beat();
        Claimed current = claimed(KEYED.priority(1));

        assertThat(call(current)).isEqualTo(Outcome.success());
        assertThat(call(zombie).error())
                .isEqualTo("dev.leasehold.api.StaleFence: key K: fence 1 is older than 2, which has written already");
        assertThat(call(current)).isEqualTo(Outcome.success());
    }

    @Test
    void aRunWithoutAKeyHasNothingToShow() {
        assertThat(call(claimed(TASK)).error()).endsWith("has no concurrency key of limit 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "a b", "a;", "a.b.c", "a.", "\"a\"", "é"})
    void aTableHasAPlainName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FenceTable(name))
                .withMessage("no name of a table: " + name);
    }

    private Outcome call(Claimed claimed) {
        return queue.get(HandlerCall.class).call(claimed);
    }

    private Claimed claimed(NewTask task) {
        queue.run(task);
        return queue.get(Round.class).run(List.of(), 1, Queues.ALL).get(0);
    }
}
