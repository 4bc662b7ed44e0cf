package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.tenant.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WaiterTest {

    private final List<Object> answers = new ArrayList<>();
    private boolean gone;
    private Object unanswerable;

    @Test
    void itIsAnsweredOnce() {
        Waiter waiter = waiter("mail", null);
        assertThat(waiter.answer("first")).isTrue();
        assertThat(waiter.answer("second")).isFalse();
        assertThat(answers).containsExactly("first");
        assertThat(waiter.take()).isFalse();
        assertThat(waiter.dismiss()).isFalse();
    }

    @Test
    void anAnswerThatTheServerDoesNotTakeLeavesRoomForAnother() {
        unanswerable = "first";
        Waiter waiter = waiter("mail", null);
        assertThatThrownBy(() -> waiter.answer("first")).isInstanceOf(IllegalStateException.class);
        assertThat(waiter.take()).isFalse();
        assertThat(waiter.answer("second")).isTrue();
        assertThat(waiter.answer("third")).isFalse();
        assertThat(answers).containsExactly("second");
    }

    @Test
    void nobodyElseServesWhatIsTaken() {
        Waiter waiter = waiter("mail", null);
        assertThat(waiter.take()).isTrue();
        assertThat(waiter.take()).isFalse();
        assertThat(waiter.putBack()).isTrue();
        assertThat(waiter.take()).isTrue();
    }

    @Test
    void whoseTimeRunsOutWhileItIsServedIsAnsweredByWhoeverServesIt() {
        Waiter waiter = waiter("mail", null);
        assertThat(waiter.take()).isTrue();
        assertThat(waiter.dismiss()).isFalse();
        assertThat(waiter.putBack()).isFalse();
        assertThat(waiter.take()).isFalse();
        assertThat(waiter.answer("nothing")).isTrue();
    }

    @Test
    void whoseTimeRunsOutIsNotServedAnyMore() {
        Waiter waiter = waiter("mail", null);
        assertThat(waiter.dismiss()).isTrue();
        assertThat(waiter.dismiss()).isFalse();
        assertThat(waiter.take()).isFalse();
    }

    @Test
    void nothingIsClaimedForOneWhoLeft() {
        gone = true;
        assertThat(waiter("mail", null).take()).isFalse();
    }

    @Test
    void whereOneGotNothingOthersOfItsShapeArePassedOver() {
        Pass pass = new Pass();
        assertThat(pass.serves(waiter("mail", null))).isTrue();
        pass.gotNothing(waiter("mail", null));
        assertThat(pass.serves(waiter("mail", null))).isFalse();
        assertThat(pass.serves(waiter("report", null))).isTrue();
    }

    @Test
    void aRepeatedClaimIsLookedUpOnceAndAgainWhenItWasGranted() {
        UUID id = UUID.randomUUID();
        Pass pass = new Pass();
        pass.gotNothing(waiter("mail", null));
        Waiter repeating = waiter("mail", id);
        assertThat(pass.serves(repeating)).isTrue();
        assertThat(pass.serves(repeating)).isFalse();
        pass.got(waiter("mail", id));
        assertThat(pass.serves(repeating)).isTrue();
    }

    @Test
    void whoAsksForTheSameInOtherWordsHasTheSameShape() {
        Waiter.Shape shape = shape(List.of("a", "b"), List.of("q", "r"), List.of("gpu", "ssd"));
        assertThat(shape(List.of("b", "a", "b"), List.of("r", "q"), List.of("ssd", "gpu", "gpu")))
                .isEqualTo(shape);
        assertThat(shape(List.of("a"), List.of("q", "r"), List.of("gpu", "ssd")))
                .isNotEqualTo(shape);
        assertThat(shape(null, List.of("q", "r"), List.of("gpu", "ssd"))).isNotEqualTo(shape);
        assertThat(shape(List.of("a", "b"), null, List.of("gpu", "ssd"))).isNotEqualTo(shape);
        assertThat(shape(List.of("a", "b"), List.of("q", "r"), List.of("gpu"))).isNotEqualTo(shape);
    }

    private Waiter.Shape shape(List<String> types, List<String> queues, List<String> capabilities) {
        return waiter(new ClaimRuns.Filter(types, queues, List.of(), capabilities), null)
                .shape();
    }

    private Waiter waiter(String type, UUID claimId) {
        return waiter(ClaimRuns.Filter.types(List.of(type)), claimId);
    }

    private Waiter waiter(ClaimRuns.Filter filter, UUID claimId) {
        ClaimRuns.Request claim =
                new ClaimRuns.Request(new ClaimRuns.Holder("w", null), filter, 1, Duration.ofMinutes(1), false);
        return new Waiter(
                Caller.local(), new LeaseRequest(claim, Duration.ofSeconds(5), claimId), this::answered, () -> gone);
    }

    private boolean answered(Object answer) {
        if (answer.equals(unanswerable)) {
            throw new IllegalStateException("not taken");
        }
        return answers.add(answer);
    }
}
