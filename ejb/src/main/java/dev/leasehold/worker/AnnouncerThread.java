package dev.leasehold.worker;

import dev.leasehold.api.AttemptFailed;
import dev.leasehold.api.LifecycleExtension;
import dev.leasehold.api.RunFinished;
import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.attempt.Attempts;
import dev.leasehold.run.EndBell.Failed;
import dev.leasehold.run.RunInLane;
import dev.leasehold.run.RunKey;
import dev.leasehold.run.Runs;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What a thread of the server's executor does to tell observers. It is a bean for the same reasons as {@link WorkerThread}. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class AnnouncerThread {

    private static final System.Logger LOG = System.getLogger(AnnouncerThread.class.getName());

    @Inject
    LifecycleExtension observers;

    @Inject
    Settings settings;

    @Inject
    Repeats repeats;

    @Inject
    Runs runs;

    @Inject
    Attempts attempts;

    /** Reads the runs that are over, and tells their observers. */
    public void finished(List<RunKey> ended) {
        repeats.call(() -> ended.stream()
                        .map(key -> run(key.tenantId(), key.runId()))
                        .toList())
                .forEach(run -> observers.calls(finished(run)).forEach(AnnouncerThread::tell));
    }

    /** Reads the attempts that failed, and tells their observers. */
    public void failed(List<Failed> failed) {
        repeats.call(() -> failed.stream().flatMap(this::failed).toList())
                .forEach(attempt -> observers.calls(attempt).forEach(AnnouncerThread::tell));
    }

    /** Whatever an observer does, the others are told. */
    private static void tell(Runnable observer) {
        try {
            observer.run();
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "an observer failed", e);
        }
    }

    private RunInLane run(UUID tenant, UUID id) {
        return runs.get(caller(tenant), id);
    }

    private Caller caller(UUID tenant) {
        return new Caller(tenant, Caller.system(settings.node()).subject());
    }

    private static RunFinished finished(RunInLane one) {
        return new RunFinished(
                one.run().id(),
                one.run().taskId(),
                one.lane().type(),
                one.lane().queue(),
                one.run().state().word());
    }

    private Stream<AttemptFailed> failed(Failed failed) {
        RunInLane one = run(failed.tenant(), failed.run());
        return attempts.of(caller(failed.tenant()), failed.run()).stream()
                .filter(attempt -> attempt.attemptId().equals(failed.attempt()))
                .map(attempt -> failed(one, attempt));
    }

    private static AttemptFailed failed(RunInLane one, AttemptRecord attempt) {
        return new AttemptFailed(
                one.run().id(),
                one.run().taskId(),
                one.lane().type(),
                one.lane().queue(),
                attempt.attemptId(),
                String.valueOf(attempt.result()),
                attempt.error());
    }
}
