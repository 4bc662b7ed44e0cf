package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.BackgroundJobRequest;
import org.jobrunr.scheduling.JobBuilder;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * JobRunr with its default number of workers and the shortest interval between polls that it accepts. A succeeded job is
 * kept, with every state it had, for 36 hours by default.
 */
final class JobRunrQueue implements JvmQueue {
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration FUTURE = Duration.ofDays(30);
    private static final int BATCH = 10_000;
    private static final long ONE_NANOS = 60_000_000_000L;

    private @Nullable PostgresStorageProvider storage;

    /** A job's data. */
    public record Noop(int number) implements JobRequest {
        @Override
        public Class<NoopHandler> getJobRequestHandler() {
            return NoopHandler.class;
        }
    }

    /** A job's handler; JobRunr makes it. */
    public static final class NoopHandler implements JobRequestHandler<Noop> {
        @Override
        public void run(Noop job) {
            Handled.run(job.number());
        }
    }

    /** It makes its tables itself. */
    @Override
    public void create(Database db) {
        open(db);
    }

    @Override
    public void open(Database db) {
        if (storage == null) {
            var provider = new PostgresStorageProvider(Pool.of(db));
            provider.setJobMapper(new JobMapper(new JacksonJsonMapper()));
            storage = provider;
            configuration().initialize();
        }
    }

    private JobRunrConfiguration configuration() {
        return JobRunr.configure().useJsonMapper(new JacksonJsonMapper()).useStorageProvider(storage);
    }

    @Override
    public void enqueue(int number) {
        BackgroundJobRequest.enqueue(new Noop(number));
    }

    @Override
    public void enqueue(int from, int count) {
        BackgroundJobRequest.enqueue(IntStream.range(from, from + count).mapToObj(Noop::new));
    }

    @Override
    public void start() {
        configuration()
                .useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andPollInterval(POLL))
                .initialize();
    }

    @Override
    public String pending() {
        return "select count(*) from jobrunr_jobs where state in ('ENQUEUED', 'PROCESSING')";
    }

    @Override
    public String kept() {
        return "select count(*) from jobrunr_jobs where state = 'SUCCEEDED'";
    }

    /** The future ones are scheduled; of those that were completed one is, and the others are copies of it. */
    @Override
    public void surround(Database db, int finished, int future) throws Exception {
        if (finished > 0) {
            complete(db);
            db.execute("""
                    insert into jobrunr_jobs (id, version, jobasjson, jobsignature, state, createdat, updatedat)
                    select copy, version, replace(jobasjson, id, copy), jobsignature, state, createdat, updatedat
                    from jobrunr_jobs, generate_series(2, %d) i, lateral (select gen_random_uuid()::text || left('', i)) c (copy)
                    where state = 'SUCCEEDED'""".formatted(finished));
        }
        var days = Instant.now().plus(FUTURE);
        for (int from = 0; from < future; from += BATCH) {
            BackgroundJobRequest.create(IntStream.range(from, Math.min(from + BATCH, future))
                    .mapToObj(i -> JobBuilder.aJob().withJobRequest(new Noop(0)).scheduleAt(days.plusSeconds(i))));
        }
    }

    private void complete(Database db) throws Exception {
        var handled = Handled.expect(1, null);
        enqueue(0);
        start();
        try (var pending = new Pending(db, this)) {
            pending.awaitNone(handled, 1, System.nanoTime() + ONE_NANOS);
        }
        JobRunr.getBackgroundJobServer().stop();
        if (db.number(kept()) != 1) {
            throw new IllegalStateException("a job does not complete");
        }
    }
}
