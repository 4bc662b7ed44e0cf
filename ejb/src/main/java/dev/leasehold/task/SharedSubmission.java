package dev.leasehold.task;

import dev.leasehold.api.NewTask;
import dev.leasehold.fault.Unavailable;
import dev.leasehold.sql.KnownLanes;
import dev.leasehold.sql.OutcomeUnknown;
import dev.leasehold.sql.Repeats;
import dev.leasehold.sql.Transactions;
import dev.leasehold.task.SubmitTasks.Status;
import dev.leasehold.task.SubmitTasks.Submitted;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Stopwatch;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Submits for callers without a transaction. Small tasks that cannot have to wait for anybody share one with those that
 * other threads submit meanwhile; the others have one each, which is tried again when it fails for a passing reason
 * (decisions 4), and so have those whose group failed. It is a bean so that it may begin transactions where its caller may not.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class SharedSubmission {

    private static final System.Logger LOG = System.getLogger(SharedSubmission.class.getName());
    private static final int MOST = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int LARGEST_PAYLOAD = 16 * 1024;

    @Inject
    SubmitTasks submit;

    @Inject
    Repeats repeats;

    @Inject
    Transactions transactions;

    @Inject
    KnownLanes lanes;

    private GroupCommit<NewTask, Submitted> group = groups(PATIENCE);

    private GroupCommit<NewTask, Submitted> groups(Duration patience) {
        return new GroupCommit<>(
                MOST, () -> new Stopwatch(patience), refused(Unavailable.outcomeUnknown()), this::together);
    }

    /** Waits that long for a group that is under way, instead of a second. */
    void patience(Duration patience) {
        group = groups(patience);
    }

    /** Submits it and answers once that is committed. */
    public Submitted submit(NewTask task) {
        return waitsForNobody(task) ? group.call(untied(task)) : alone(task);
    }

    private Submitted alone(NewTask task) {
        try {
            return repeats.call(() -> submit.execute(Caller.application(), List.of(task)))
                    .get(0);
        } catch (Unavailable e) {
            return refused(e);
        }
    }

    private @Nullable List<Submitted> together(List<NewTask> tasks) {
        if (tasks.size() == 1) {
            return List.of(alone(tasks.get(0)));
        }
        try {
            return transactions.inNew(() -> submit.execute(Caller.application(), tasks));
        } catch (OutcomeUnknown e) {
            LOG.log(Level.WARNING, "a commit failed", e);
            return Collections.nCopies(tasks.size(), refused(Unavailable.outcomeUnknown()));
        } catch (EJBException | PersistenceException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "each of a group is submitted alone", e);
            return null;
        }
    }

    private static Submitted refused(Unavailable reason) {
        return new Submitted(null, Status.REJECTED, 0, reason);
    }

    /** Nothing that other threads would have to ask its submitter for. */
    private static NewTask untied(NewTask task) {
        List<String> tags = task.tags();
        return tags == null
                ? task
                : task.metadata(new NewTask.Metadata(new ArrayList<>(tags), task.priority(), task.description()));
    }

    /** Not for the same id, key, rate or lane in a transaction that is open yet. */
    private boolean waitsForNobody(NewTask task) {
        boolean plain = task.id() == null && task.policy() == null && isFree(task.gates());
        boolean small = task.payload() == null || task.payload().size() <= LARGEST_PAYLOAD;
        return plain && small && lanes.knows(Caller.application().tenant(), Openings.plainLane(task));
    }

    private static boolean isFree(NewTask.Gates gates) {
        return gates.concurrencyKey() == null
                && gates.rate() == null
                && gates.unique() == null
                && gates.capabilities() == null;
    }
}
