package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Database;
import org.junit.jupiter.api.Test;

class OutputsTest {

    @Test
    void anOutputWithinItsBoundsStaysAsItIs() {
        for (Outcome good : new Outcome[] {
            Outcome.success(),
            Outcome.fail("no"),
            Outcome.success(Payload.bytes(new byte[1 << 20])),
            Outcome.success(Payload.of("x".repeat(255), Payload.Form.TEXT, new byte[1])),
            Outcome.success(Payload.of(null, Payload.Form.TEXT, new byte[1]))
        }) {
            assertThat(Outputs.checked(good, 1 << 20)).isSameAs(good);
        }
    }

    @Test
    void anOutputBeyondItsBoundsFailsForGood() {
        assertThat(Outputs.checked(Outcome.success(Payload.bytes(new byte[(1 << 20) + 1])), 1 << 20))
                .isEqualTo(Outcome.fail("the output has 1048577 bytes; at most 1048576 are allowed"));
        assertThat(Outputs.checked(
                        Outcome.success(Payload.of("x".repeat(256), Payload.Form.TEXT, new byte[1])), 1 << 20))
                .isEqualTo(Outcome.fail("the output's content type has more than 255 characters"));
    }

    @Test
    void aProcessHoldsItsLeasesUnderANameOfItsOwn() {
        try (Fixture one = new Fixture(Database.H2);
                Fixture other = new Fixture(Database.H2)) {
            String name = one.get(Owner.class).name();

            assertThat(name).startsWith("node/").hasSizeLessThanOrEqualTo(128 + 1 + 36);
            assertThat(one.get(Owner.class).name()).isEqualTo(name);
            assertThat(other.get(Owner.class).name()).isNotEqualTo(name);
        }
    }
}
