package dev.leasehold.bench.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.leasehold.bench.contender.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * db-scheduler: lock-and-fetch with 8 threads and 1.0 to 20.0 executions for each, woken at once by what its own process
 * schedules. A completed one-time task is deleted.
 */
final class DbSchedulerQueue implements JvmQueue {
    private static final int THREADS = 8;
    private static final double FETCH_BELOW = 1.0;
    private static final double FETCH_UP_TO = 20.0;

    private final OneTimeTask<Void> task =
            Tasks.oneTime("noop").execute((instance, context) -> Handled.run(Integer.parseInt(instance.getId())));

    private @Nullable Scheduler scheduler;

    /** The table and the indexes of its documentation; the one of priorities is for those who enable them. */
    @Override
    public void create(Database db) throws SQLException {
        db.execute(
                """
                create table scheduled_tasks (
                  task_name text not null,
                  task_instance text not null,
                  task_data bytea,
                  execution_time timestamptz not null,
                  picked boolean not null,
                  picked_by text,
                  last_success timestamptz,
                  last_failure timestamptz,
                  consecutive_failures int,
                  last_heartbeat timestamptz,
                  version bigint not null,
                  priority smallint,
                  primary key (task_name, task_instance))""",
                "create index execution_time_idx on scheduled_tasks (execution_time)",
                "create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)");
    }

    @Override
    public void open(Database db) {
        scheduler = Scheduler.create(Pool.of(db), task)
                .threads(THREADS)
                .pollingInterval(Duration.ofSeconds(1))
                .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
                .enableImmediateExecution()
                .build();
    }

    private Scheduler scheduler() {
        if (scheduler == null) {
            throw new IllegalStateException("not open");
        }
        return scheduler;
    }

    @Override
    public void enqueue(int number) {
        scheduler().scheduleIfNotExists(instance(number), Instant.now());
    }

    @Override
    public void enqueue(int from, int count) {
        scheduler().scheduleBatch(IntStream.range(from, from + count).mapToObj(this::instance), Instant.now());
    }

    private TaskInstance<?> instance(int number) {
        return task.instance(Integer.toString(number));
    }

    @Override
    public void start() {
        scheduler().start();
    }

    @Override
    public String pending() {
        return "select count(*) from scheduled_tasks where execution_time <= now()";
    }

    @Override
    public @Nullable String kept() {
        return null;
    }

    @Override
    public void surround(Database db, int finished, int future) throws SQLException {
        db.execute("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                select 'noop', 'future' || i, now() + interval '30 days' + i * interval '1 second', false, 1
                from generate_series(1, %d) i""".formatted(future));
    }
}
