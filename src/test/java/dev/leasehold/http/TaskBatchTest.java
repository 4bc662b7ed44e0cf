package dev.leasehold.http;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.api.Backoff;
import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Fault;
import dev.leasehold.sql.Database;
import dev.leasehold.task.Admission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class TaskBatchTest {

    private static final Admission ADMISSION =
            new Admission(5, new Backoff(Backoff.Strategy.FIXED, Duration.ZERO, 1, Duration.ZERO, 0), 100);
    private static final UUID FIRST = new UUID(0x7000, 1);
    private static final UUID SECOND = new UUID(0x7000, 2);

    private final Fixture queue;

    TaskBatchTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void everyTaskIsAnsweredInItsPlace() {
        List<TaskBatch.Item> items = submit(
                task(FIRST, "'type':'a'"),
                "{'type':7}",
                task(SECOND, "'type':'a','run_policy':{'Repeat':{'count':3,'interval_secs':60}}"),
                task(FIRST, "'type':'a'"),
                task(FIRST, "'type':'b'"),
                "{'type':'a','bogus':1}",
                task(SECOND, "'type':'a','constraints':{'max_attempts':0}"));

        assertThat(items)
                .extracting(TaskBatch.Item::status)
                .containsExactly("created", "rejected", "created", "exists", "rejected", "rejected", "rejected");
        assertThat(items).extracting(TaskBatch.Item::runsCreated).containsExactly(1, 0, 3, 0, 0, 0, 0);
        assertThat(items)
                .extracting(TaskBatch.Item::taskId)
                .containsExactly(FIRST, null, SECOND, FIRST, FIRST, null, SECOND);
        assertThat(items)
                .extracting(TaskBatch.Item::error)
                .containsExactly(
                        Optional.empty(),
                        Optional.of("invalid_task"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("task_already_exists"),
                        Optional.of("invalid_task"),
                        Optional.of("invalid_task"));
        assertThat(queue.count("select count(*) from leasehold.run")).isEqualTo(4);
    }

    @Test
    void aRejectedTaskIsToldWhatItWouldBeToldAlone() {
        List<TaskBatch.Item> items = submit("{'type':'a','bogus':1}", "{'type':'a','constraints':{'max_attempts':0}}");

        assertThat(items.get(0).details().orElseThrow()).containsEntry("field", "bogus");
        assertThat(items.get(1).message())
                .contains("invalid task constraints: invalid max_attempts value: 0 (must be >= 1)");
    }

    @Test
    void whatIsThereAlreadyIsAnsweredSo() {
        submit(task(FIRST, "'type':'a'"));

        assertThat(submit(task(FIRST, "'type':'a'"), task(FIRST, "'type':'a','queue':'q'")))
                .extracting(TaskBatch.Item::status)
                .containsExactly("exists", "rejected");
    }

    @Test
    void noMistakeInATaskStopsTheOthers() {
        String deep = "[".repeat(500) + "]".repeat(500);
        List<String> mistakes = List.of(
                "7",
                "null",
                "[]",
                "'text'",
                "{}",
                "{'type':'a','type':'a'}",
                "{'type':'a\\u0000'}",
                "{'type':'a','payload':{'json':" + deep + "}}",
                "{'type':'a','payload':{'text':'" + "x".repeat((1 << 20) + 1) + "'}}",
                "{'type':'a','payload':{'json':{'a':1,'a':1}}}",
                "{'type':'a','depends_on':['" + FIRST + "']}");
        for (String mistake : mistakes) {
            List<TaskBatch.Item> items = submit("{'type':'a'}", mistake, "{'type':'b'}");
            assertThat(items)
                    .as(mistake.substring(0, Math.min(60, mistake.length())))
                    .extracting(TaskBatch.Item::status)
                    .containsExactly("created", "rejected", "created");
            assertThat(items.get(1).error()).isPresent();
        }
    }

    @Test
    void aPayloadIsKeptToTheByte() {
        submit("{'type':'a','payload':{'json': { 'n' : 1.50 } }}");

        assertThat(queue.claim(1, "a").get(0).payload().text()).isEqualTo("{ \"n\" : 1.50 }");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'tasks':[{'type':'a'}             | malformed_json
            {'tasks':[{'type':'a'} 'x']}       | malformed_json
            {'a':1} {}                         | malformed_json
            {'tasks':[]}                       | invalid_request
            {}                                 | invalid_request
            {'tasks':{'type':'a'}}             | invalid_request
            {'tasks':7}                        | invalid_request
            {'tasks':[{'type':'a'}],'more':1}  | invalid_request
            {'tasks':[],'tasks':[{'type':'a'}]} | invalid_request
            []                                 | invalid_request
            """)
    void aRequestOfTheWrongShapeIsRefusedAsAWhole(String body, String error) {
        assertThat(refusal(body).code()).isEqualTo(error);
    }

    @Test
    void aThousandTasksAreEnough() {
        String task = "{'type':'a'}";
        assertThat(parse(body(Collections.nCopies(1000, task)))).hasSize(1000);
        assertThat(refusal(body(Collections.nCopies(1001, task))).details()).containsEntry("field", "tasks");
        String many = "{'type':'a','run_policy':{'Repeat':{'count':1000,'interval_secs':1}}}";
        assertThat(parse(body(Collections.nCopies(100, many)))).hasSize(100);
        assertThat(refusal(body(Collections.nCopies(101, many))).message())
                .isEqualTo("tasks: must not ask for more than 100000 runs together");
    }

    @Test
    void entriesBeyondAllReasonAreNotEvenTakenIn() {
        Fault refusal = refusal("{'tasks':[" + "1,".repeat(200_000) + "1]}");
        assertThat(refusal.message()).endsWith("is one of too many values");
    }

    private List<TaskBatch.Item> submit(String... tasks) {
        List<TaskBatch.Asked> asked = parse(body(List.of(tasks)));
        return queue.in(() -> queue.get(TaskBatch.class).submit(CALLER, asked)).results();
    }

    private static String task(UUID id, String members) {
        return "{'id':'" + id + "'," + members + "}";
    }

    private static String body(List<String> tasks) {
        return "{'tasks':[" + String.join(",", tasks) + "]}";
    }

    private static List<TaskBatch.Asked> parse(String body) {
        return TaskBatch.parse(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ADMISSION);
    }

    private static Fault refusal(String body) {
        return catchThrowableOfType(Fault.class, () -> parse(body));
    }
}
