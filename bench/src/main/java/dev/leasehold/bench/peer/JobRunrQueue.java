package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.BackgroundJobRequest;
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

    @Override
    public void surround(Database db, int finished, int future) throws SQLException {
        if (finished + future > 0) {
            throw new SQLException("its rows cannot be made without it");
        }
    }
}
