package dev.leasehold.http;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.SettableClock;
import dev.leasehold.lease.RecordProgress;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LeaseStatement.Said;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunDetailTest {

    private final Fixture queue = new Fixture(Database.H2);

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void anAttemptThatSaysHowFarItIsIsShownSo() throws IOException {
        UUID run = queue.run(NewTask.of("mail"));
        Claimed claimed = queue.claim(1, "mail").get(0);
        assertThat(shown(run).has("progress")).isFalse();

        queue.in(() -> queue.get(RecordProgress.class)
                .execute(CALLER, List.of(new Said(run, claimed.fence(), 40, "nearly half"))));

        assertThat(shown(run).get("progress"))
                .hasToString("{\"percent\":40,\"message\":\"nearly half\",\"updated_at\":"
                        + SettableClock.START.getEpochSecond() + "}");
    }

    private JsonNode shown(UUID run) throws IOException {
        return new ObjectMapper()
                .readTree(Json.write(queue.get(RunDetails.class).get(CALLER, run)));
    }
}
