package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.run.RunNotFound;
import dev.leasehold.tenant.Caller;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What readers share, and what they are told while the database is away. */
class SharedReadingTest {

    private static final FollowingRun PLACE = new FollowingRun(Caller.system("test"), new UUID(0, 7), 0);

    private boolean more;
    private RuntimeException failure;
    private int reads;
    private final SharedReading reading = new SharedReading(this::read, places -> {
        fail();
        return Set.copyOf(places);
    });

    private Following.Part read(Following place) {
        fail();
        reads++;
        return new Following.Part("text", PLACE, more);
    }

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }

    @Test
    void onePlaceIsReadOnceUntilItMayBeOld() {
        reading.read(PLACE);
        reading.read(PLACE);
        assertThat(reads).isEqualTo(1);

        reading.forget();
        reading.read(PLACE);

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void whatLeadsToMoreIsNotKept() {
        more = true;
        reading.read(PLACE);
        reading.read(PLACE);

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void whileTheDatabaseIsAwayThereIsNothingNew() {
        failure = new IllegalStateException("away");
        assertThat(reading.moved(Set.of(PLACE))).isEmpty();
        assertThat(reading.read(PLACE)).isEqualTo(Following.nothing(PLACE));
        failure = null;

        assertThat(reading.moved(Set.of(PLACE))).containsExactly(PLACE);
        assertThat(reading.read(PLACE).text()).isEqualTo("text");
    }

    @Test
    void aRunThatIsGoneIsSaidToBe() {
        failure = new RunNotFound(PLACE.run());

        assertThatThrownBy(() -> reading.read(PLACE)).isInstanceOf(RunNotFound.class);
    }
}
