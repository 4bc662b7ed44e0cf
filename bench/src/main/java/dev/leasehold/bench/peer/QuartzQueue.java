package dev.leasehold.bench.peer;

import static java.util.Map.entry;

import dev.leasehold.bench.contender.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Quartz, clustered: 25 threads, triggers acquired 25 at a time, one durable job and a trigger for each run, which is the
 * cheapest form it has. A trigger that fired for the last time is deleted.
 */
final class QuartzQueue implements JvmQueue {
    private static final String THREADS = "25";

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            entry("scheduler.instanceName", "bench"),
            entry("scheduler.instanceId", "one"),
            entry("scheduler.skipUpdateCheck", "true"),
            entry("scheduler.batchTriggerAcquisitionMaxCount", THREADS),
            entry("scheduler.batchTriggerAcquisitionFireAheadTimeWindow", "1000"),
            entry("threadPool.threadCount", THREADS),
            entry("jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX"),
            entry("jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate"),
            entry("jobStore.acquireTriggersWithinLock", "true"),
            entry("jobStore.isClustered", "true"),
            entry("jobStore.misfireThreshold", "3600000"),
            entry("jobStore.useProperties", "true"),
            entry("jobStore.dataSource", "bench"),
            entry("dataSource.bench.provider", "hikaricp"),
            entry("dataSource.bench.driver", "org.postgresql.Driver"),
            entry("dataSource.bench.user", Database.USER),
            entry("dataSource.bench.password", ""),
            entry("dataSource.bench.maxConnections", "30"));

    private final JobDetail job =
            JobBuilder.newJob(Noop.class).withIdentity("noop").storeDurably().build();

    private @Nullable Scheduler scheduler;

    /** The job; Quartz makes it. */
    public static final class Noop implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            Handled.run(Integer.parseInt(context.getTrigger().getKey().getName()));
        }
    }

    /** By the script that it brings. */
    @Override
    public void create(Database db) throws IOException, SQLException {
        try (var script = Scheduler.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_postgres.sql")) {
            if (script == null) {
                throw new IOException("Quartz brings no tables");
            }
            db.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void open(Database db) throws SchedulerException {
        var properties = new Properties();
        SETTINGS.forEach((name, value) -> properties.put("org.quartz." + name, value));
        properties.put("org.quartz.dataSource.bench.URL", db.url());
        var opened = new StdSchedulerFactory(properties).getScheduler();
        opened.addJob(job, true);
        scheduler = opened;
    }

    private Scheduler scheduler() {
        if (scheduler == null) {
            throw new IllegalStateException("not open");
        }
        return scheduler;
    }

    @Override
    public void enqueue(int number) throws SchedulerException {
        scheduler().scheduleJob(trigger(number));
    }

    @Override
    public void enqueue(int from, int count) throws SchedulerException {
        var triggers = IntStream.range(from, from + count)
                .<Trigger>mapToObj(this::trigger)
                .collect(Collectors.toSet());
        scheduler().scheduleJobs(Map.of(job, triggers), true);
    }

    private Trigger trigger(int number) {
        return TriggerBuilder.newTrigger()
                .withIdentity(Integer.toString(number))
                .forJob(job)
                .startNow()
                .build();
    }

    @Override
    public void start() throws SchedulerException {
        scheduler().start();
    }

    @Override
    public String pending() {
        return "select count(*) from qrtz_triggers where next_fire_time <= extract(epoch from now()) * 1000";
    }

    @Override
    public @Nullable String kept() {
        return null;
    }

    /** Two rows for each, analyzed in between, for the second refers to the first. */
    @Override
    public void surround(Database db, int finished, int future) throws SQLException {
        db.execute("""
                insert into qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time,
                  prev_fire_time, priority, trigger_state, trigger_type, start_time, end_time, misfire_instr)
                select 'bench', 'future' || i, 'DEFAULT', 'noop', 'DEFAULT', t, -1, 5, 'WAITING', 'SIMPLE', t, 0, 0
                from generate_series(1, %d) i,
                  lateral (select (extract(epoch from now()) * 1000)::bigint + 2592000000 + i * 1000) at (t)""".formatted(future), "analyze qrtz_triggers", """
                insert into qrtz_simple_triggers (sched_name, trigger_name, trigger_group, repeat_count, repeat_interval,
                  times_triggered)
                select 'bench', 'future' || i, 'DEFAULT', 0, 0, 0 from generate_series(1, %d) i""".formatted(future));
    }
}
