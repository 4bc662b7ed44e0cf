package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Unique;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.TroubledTransactions;
import dev.leasehold.node.Node;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.OutcomeUnknown;
import dev.leasehold.sql.Transactions;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A result that comes with tasks is stored as soon as that is possible, and the handler is not called again for it. */
class CompletionsTest {

    private static final NewTask MAIL = NewTask.of("mail");
    private final RuntimeException away = new PersistenceException(new SQLException("gone", "08006"));
    private final RuntimeException locked = new PersistenceException(new SQLException("locked", "55P03"));
    private final RuntimeException bad = new PersistenceException(new SQLException("too long", "22001"));

    private final Fixture queue = new Fixture(Database.H2);
    private final Deque<Runnable> trouble = new ArrayDeque<>();
    private boolean running = true;
    private int calls;

    @BeforeEach
    void begin() {
        queue.put(Node.class, new Node() {
            @Override
            public boolean running() {
                return running;
            }
        });
        submits(MAIL);
    }

    private void submits(NewTask task) {
        queue.put(HandlerExtension.class, new OneHandler("order", HandlerTransaction.NONE, attempt -> {
            calls++;
            attempt.submit(task);
            return Outcome.success();
        }));
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    private static Runnable failing(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }

    @Test
    void itIsRepeatedUntilTheDatabaseIsBack() {
        Claimed claimed = claimed();
        trouble.add(failing(away));
        trouble.add(failing(away));

        assertThat(store(claimed)).isNull();

        assertThat(queue.row(claimed.runId()).state()).isEqualTo(RunState.COMPLETED);
        assertThat(mails()).isEqualTo(1);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void whatTheDatabaseRefusesIsAFailure() {
        Claimed claimed = claimed();
        trouble.add(failing(bad));

        assertThat(store(claimed))
                .isEqualTo(Outcome.retry("the result could not be stored: java.sql.SQLException: too long"));
        assertThat(mails()).isZero();
    }

    @Test
    void anAbsenceThatIsLongerThanTheLeaseIsNoFailure() {
        Claimed claimed = claimed();
        trouble.add(() -> {
            queue.get(InHand.class).stop(Map.of(claimed.runId(), claimed.fence()));
            throw away;
        });

        assertThat(store(claimed)).isNull();
        assertThat(queue.row(claimed.runId()).state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void anAbsenceHasNoEndButOtherTroubleHas() {
        Claimed claimed = claimed();
        Collections.nCopies(12, failing(away)).forEach(trouble::add);
        assertThat(store(claimed)).isNull();

        Claimed other = claimed();
        Collections.nCopies(10, failing(locked)).forEach(trouble::add);
        assertThat(store(other))
                .isEqualTo(Outcome.retry("the result could not be stored: java.sql.SQLException: locked"));
        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void itIsGivenUpWithTheNode() {
        Claimed claimed = claimed();
        trouble.add(() -> {
            running = false;
            throw away;
        });

        assertThat(store(claimed))
                .isEqualTo(Outcome.retry("the result could not be stored: java.sql.SQLException: gone"));
        assertThat(mails()).isZero();
    }

    @Test
    void anInterruptIsNoReasonToHurry() {
        Claimed claimed = claimed();
        trouble.add(() -> {
            Thread.currentThread().interrupt();
            throw away;
        });

        assertThat(store(claimed)).isNull();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatWasDecidedByACommitOfUnknownOutcomeIsNotDecidedAgain() {
        NewTask only = MAIL.gates(new NewTask.Gates(
                null,
                null,
                null,
                null,
                null,
                new Unique("K", Unique.Until.FINISHED, null, Unique.OnConflict.EXISTING)));
        submits(only);
        UUID standing = queue.run(only);
        Claimed claimed = claimed();
        Outcome success = Outcome.success();
        trouble.add(() -> {
            Token token = queue.get(InHand.class).token(claimed);
            queue.in(() -> queue.get(Completions.class).write(claimed, success, token, success));
            queue.cancel(Order.of(standing));
            throw new OutcomeUnknown(away);
        });

        assertThat(store(claimed)).isNull();
        assertThat(mails()).isEqualTo(1);
    }

    private Claimed claimed() {
        queue.run(NewTask.of("order"));
        Claimed claimed =
                queue.claim(queue.get(Owner.class).name(), 1, true, "order").get(0);
        queue.get(InHand.class).take(List.of(claimed));
        queue.put(Transactions.class, TroubledTransactions.of(queue.transactions, trouble));
        return claimed;
    }

    private Outcome store(Claimed claimed) {
        return queue.get(HandlerCall.class).call(claimed);
    }

    private long mails() {
        return queue.count("select count(*) from leasehold.task where type = 'mail'");
    }
}
