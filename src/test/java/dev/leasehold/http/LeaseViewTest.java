package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Database;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseViewTest {

    private final Fixture queue = new Fixture(Database.H2);

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void aLeaseHasAKeysFenceWhereItsRunHasAKey() throws IOException {
        queue.run(NewTask.of("mail").gates(Gates.key("K", HoldPolicy.RELEASE_ON_RETRY)));
        queue.run(NewTask.of("mail"));
        JsonNode leases = new ObjectMapper()
                .readTree(Json.write(LeaseView.Granted.of(queue.claim(2, "mail"))))
                .get("leases");

        assertThat(leases.get(0).get("key_fence").longValue()).isEqualTo(1);
        assertThat(leases.get(1).has("key_fence")).isFalse();
    }
}
