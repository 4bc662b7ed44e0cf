package dev.leasehold.worker;

import dev.leasehold.api.AttemptFailed;
import dev.leasehold.api.LifecycleExtension;
import dev.leasehold.api.RunFinished;
import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.attempt.Attempts;
import dev.leasehold.fault.Unavailable;
import dev.leasehold.run.EndBell.Failed;
import dev.leasehold.run.RunInLane;
import dev.leasehold.run.RunKey;
import dev.leasehold.run.Runs;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.sql.Transactions;
import dev.leasehold.tenant.Caller;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the announcer's thread does to tell observers. It is a bean for the same reasons as {@link WorkerThread}. */
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

    @Inject
    Transactions transactions;

    private volatile boolean ended;
    private final Troubles troubles = new Troubles();

    /** Tells nobody any more. Public, for a server lets nothing else through to a bean. */
    public void end() {
        ended = true;
    }

    /** Reads the runs that are over, and tells their observers. */
    public void finished(List<RunKey> ended) {
        read(() -> each(
                        ended,
                        RunKey::tenantId,
                        (caller, keys) -> runs.all(
                                caller, keys.stream().map(RunKey::runId).toList())))
                .filter(one -> one.run().state().terminal())
                .forEach(one -> observers.calls(finished(one)).forEach(this::tell));
    }

    /** Reads the attempts that failed, and tells their observers. */
    public void failed(List<Failed> failed) {
        read(() -> each(failed, Failed::tenant, this::attempts))
                .forEach(one -> observers.calls(one).forEach(this::tell));
    }

    private <T> Stream<T> read(Supplier<List<T>> query) {
        try {
            return repeats.call(query).stream();
        } catch (Unavailable e) {
            LOG.log(Level.WARNING, "observers are not told what was committed: {0}", e.getMessage());
            return Stream.of();
        }
    }

    /** What each tenant's query answers. */
    private <K, T> List<T> each(List<K> keys, Function<K, UUID> tenant, BiFunction<Caller, List<K>, List<T>> query) {
        return keys.stream().collect(Collectors.groupingBy(tenant)).entrySet().stream()
                .flatMap(one -> query.apply(caller(one.getKey()), one.getValue()).stream())
                .toList();
    }

    private Caller caller(UUID tenant) {
        return new Caller(tenant, Caller.system(settings.node()).subject());
    }

    private List<AttemptFailed> attempts(Caller caller, List<Failed> failed) {
        Map<UUID, RunInLane> found = new HashMap<>();
        runs.all(caller, failed.stream().map(Failed::run).toList())
                .forEach(one -> found.put(one.run().id(), one));
        Map<UUID, UUID> wanted = failed.stream()
                .filter(one -> found.containsKey(one.run()))
                .collect(Collectors.toMap(Failed::attempt, Failed::run));
        if (wanted.isEmpty()) {
            return List.of();
        }
        return attempts.all(caller, found.keySet(), wanted.keySet()).stream()
                .map(attempt -> failed(Objects.requireNonNull(found.get(wanted.get(attempt.attemptId()))), attempt))
                .toList();
    }

    /** Whatever is wrong with an observer, and whatever it leaves behind, the others are told as if it were not there. */
    private void tell(Runnable observer) {
        if (ended) {
            return;
        }
        FutureTask<Void> call = new FutureTask<>(observer, null);
        call.run();
        transactions.endLeftOver();
        Thread.interrupted();
        try {
            call.get();
        } catch (ExecutionException e) {
            report(Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once for each cause: an observer that always fails would fill the log. */
    private void report(Throwable failure) {
        if (troubles.isNew(failure)) {
            LOG.log(Level.WARNING, "an observer failed", failure);
        }
    }

    private static RunFinished finished(RunInLane one) {
        return new RunFinished(
                one.run().id(),
                one.run().taskId(),
                one.lane().type(),
                one.lane().queue(),
                one.run().state().word());
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
