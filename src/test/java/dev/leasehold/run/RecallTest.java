package dev.leasehold.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RecallTest {

    private final Fixture queue;
    private final List<Map<UUID, Long>> heard = new ArrayList<>();

    RecallTest(Database database) {
        queue = new Fixture(database);
        queue.get(Recall.class).listen(heard::add);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aSweepAndACancellationNameTheLeasesThatTheyEnd() {
        UUID run = queue.run(NewTask.of("mail"));
        UUID waiting = queue.run(NewTask.of("other"));
        queue.lease(1, "mail");
        queue.clock.advance(Duration.ofSeconds(30));
        queue.expire();
        queue.claim(1, "mail");

        queue.cancel(Order.of(run), Order.of(waiting), Order.of(run));

        assertThat(heard).containsExactly(Map.of(run, 1L), Map.of(run, 2L));
    }
}
