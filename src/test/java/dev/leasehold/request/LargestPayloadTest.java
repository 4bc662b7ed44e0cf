package dev.leasehold.request;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.RunState;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.task.Tasks;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The databases hold whatever {@code leasehold.max-payload-bytes} may allow. */
@ParameterizedClass
@EnumSource(Database.class)
class LargestPayloadTest {

    private static final int MOST = 1 << 24;

    private final Fixture queue;

    LargestPayloadTest(Database database) {
        queue = new Fixture(database);
        queue.put(Settings.class, new Settings(Map.of("leasehold.max-payload-bytes", String.valueOf(MOST))::get));
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {(1 << 20) + 1, MOST})
    void aPayloadAndAnOutputSurvive(int size) {
        Payload payload = random(size);
        Payload output = random(size);
        queue.run(NewTask.of("mail").payload(payload));

        Claimed claimed = queue.claim(1, "mail").get(0);
        FinishAttempts.Result result =
                queue.finish(report(claimed, Outcome.success(output))).get(0);

        assertThat(claimed.payload()).isEqualTo(payload);
        assertThat(queue.in(() -> queue.get(Tasks.class).payload(CALLER, claimed.taskId())))
                .isEqualTo(Optional.of(payload));
        assertThat(result.state()).isEqualTo(RunState.COMPLETED);
        assertThat(queue.attempts(claimed.runId()))
                .singleElement()
                .satisfies(one -> assertThat(one.output()).isEqualTo(output));
    }

    /** Its answer could not be kept otherwise, and the request would be sent again. */
    @ParameterizedTest
    @ValueSource(ints = {3 << 19, 3 << 20})
    void anAnswerToARequestIsKept(int size) {
        try (Peer peer = new Peer()) {
            Sender sender = new Sender("127.0.0.1:" + peer.port());
            sender.settings.put("leasehold.max-payload-bytes", String.valueOf(MOST));
            peer.answers(exchange -> Peer.answer(exchange, 200, new byte[size]));
            queue.run(NewTask.of("http.request"));
            Claimed claimed = queue.claim(1, "http.request").get(0);

            Outcome outcome = sender.send("{'url':'" + peer.origin() + "/'}");

            assertThat(outcome.output().size()).isGreaterThan(size);
            assertThat(queue.finish(report(claimed, outcome)).get(0).state()).isEqualTo(RunState.COMPLETED);
        }
    }

    private static Payload random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Payload.bytes(bytes);
    }
}
