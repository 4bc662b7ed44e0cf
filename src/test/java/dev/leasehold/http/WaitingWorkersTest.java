package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Backoff;
import dev.leasehold.fault.Unavailable;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Claimed;
import dev.leasehold.tenant.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must hold whatever comes between; the test is the executor's thread, and every committing one. */
@SuppressWarnings("UnnecessaryAssignment") // nobody injects here
class WaitingWorkersTest {

    private static final int MOST = 3;
    private static final List<Object> NOTHING = List.of("{\"leases\":[]}");

    private final ManualExecutor executor = new ManualExecutor();
    private final ReadyBell bell = new ReadyBell();
    private final Source source = new Source();
    private final WaitingWorkers workers = new WaitingWorkers();
    private final Map<String, List<Object>> answers = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private Predicate<Object> refused = answer -> false;

    /** Runs to be had; what happens between the look at them and its result is the test's to say. */
    private static final class Source extends Grants {
        final Deque<Claimed> ready = new ArrayDeque<>();
        final List<String> asked = new ArrayList<>();
        final List<UUID> back = new ArrayList<>();
        Runnable meanwhile = () -> {};
        boolean noReturn;

        @Override
        Grant claim(Caller caller, LeaseRequest request) {
            asked.add(request.owner());
            Claimed found = ready.poll();
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
            return found == null ? Grants.NOTHING : new Grant(List.of(found), false);
        }

        @Override
        void giveBack(Caller caller, LeaseRequest request, List<Claimed> runs) {
            if (noReturn) {
                throw Unavailable.database();
            }
            runs.forEach(run -> back.add(run.runId()));
        }
    }

    @BeforeEach
    void begin() {
        workers.executor = executor.service;
        workers.settings = new Settings(Map.of("leasehold.max-waiting-polls", String.valueOf(MOST))::get);
        workers.bell = bell;
        workers.grants = source;
        workers.begin();
    }

    @Test
    void whoWaitsIsServedWhenTheBellRingsAndNotBefore() {
        serve("a");
        executor.run();
        assertThat(answers).isEmpty();

        String run = submit();
        executor.run();

        assertGranted("a", run);
    }

    @Test
    void aRingBetweenTheLookAndTheWaitIsNotLost() {
        List<String> runs = new ArrayList<>();
        source.meanwhile = () -> runs.add(submit());

        serve("a");
        executor.run();

        assertGranted("a", runs.get(0));
    }

    @Test
    void aRingWhileOthersAreServedIsNotLost() {
        serve("a");
        bell.ring();
        List<String> runs = new ArrayList<>();
        source.meanwhile = () -> runs.add(submit());

        executor.run();

        assertGranted("a", runs.get(0));
    }

    @Test
    void aRingWhileTheExecutorTakesNoWorkIsMadeUpForByTheNext() {
        serve("a");
        executor.full = true;
        String run = submit();
        assertThat(executor.handed).isEmpty();
        executor.full = false;

        bell.ring();
        executor.run();

        assertGranted("a", run);
    }

    @Test
    void whoComesLaterIsServedLater() {
        serve("a");
        serve("b");
        String first = add();
        serve("c");
        assertThat(answers).as("c stands behind").isEmpty();

        executor.run();

        assertGranted("a", first);
        assertThat(answers).containsOnlyKeys("a");
        String second = submit();
        executor.run();
        assertGranted("b", second);
        assertThat(answers).containsOnlyKeys("a", "b");
    }

    @Test
    void aClaimThatFailsIsAnsweredAndTheOthersAreServed() {
        serve("a");
        serve("b");
        RuntimeException failure = new IllegalStateException("no");
        source.meanwhile = () -> {
            throw failure;
        };
        add();
        String run = submit();

        executor.run();

        assertThat(answers.get("a")).containsExactly(failure);
        assertGranted("b", run);
        assertPlaces(MOST);
    }

    @Test
    void withoutADatabaseTheOthersWaitForTheNextRing() {
        serve("a");
        serve("b");
        RuntimeException failure = Unavailable.database();
        source.meanwhile = () -> {
            throw failure;
        };

        bell.ring();
        executor.run();

        assertThat(answers).isEqualTo(Map.of("a", List.of(failure)));
        assertThat(source.asked).containsExactly("a", "a");
        String run = submit();
        executor.run();
        assertGranted("b", run);
    }

    @Test
    void onlySoManyWaitAndAPlaceIsFreeAgain() {
        assertPlaces(MOST);
        executor.planned.get(0).run();
        assertThat(answers.get("w0")).isEqualTo(NOTHING);
        serve("late");
        assertThatThrownBy(() -> serve("one too many")).isInstanceOf(TooManyWaiting.class);
    }

    @Test
    void whoLeftIsGrantedNothingAndHoldsNoPlace() {
        serve("a");
        serve("b");
        gone.add("a");

        String run = submit();
        executor.run();

        assertGranted("b", run);
        assertThat(source.asked).containsExactly("a", "b");
        assertThat(answers).containsOnlyKeys("b");
        assertPlaces(MOST);
    }

    @Test
    void whatCannotBeAnsweredIsGivenBack() {
        serve("a");
        source.meanwhile = () -> gone.add("a");

        String run = submit();
        executor.run();

        assertThat(source.back).extracting(UUID::toString).containsExactly(run);
    }

    @Test
    void whatTheServerDoesNotTakeIsAnsweredAsAFailureAndGivenBack() {
        serve("a");
        serve("b");
        refused = answer -> answer instanceof byte[];
        add();

        String run = submit();
        executor.run();

        assertThat(answers.get("a")).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(source.back).hasSize(2).extracting(UUID::toString).contains(run);
        refused = answer -> false;
        assertPlaces(MOST);
    }

    @Test
    void whatCanNeitherBeAnsweredNorGivenBackHarmsNobodyElse() {
        serve("a");
        serve("b");
        refused = answer -> true;
        source.noReturn = true;
        add();
        submit();

        executor.run();

        assertThat(answers).isEmpty();
        assertThat(source.asked).containsExactly("a", "a", "b");
    }

    @Test
    void atTheEndEachIsAnsweredOnceAndNothingIsGranted() {
        serve("a");
        serve("b");
        source.asked.clear();

        workers.end();
        submit();
        executor.run();
        executor.planned.forEach(Runnable::run);

        assertThat(answers).isEqualTo(Map.of("a", NOTHING, "b", NOTHING));
        assertThat(source.asked).isEmpty();
    }

    @Test
    void whoComesAfterTheEndDoesNotWait() {
        workers.end();

        serve("a");

        assertThat(answers.get("a")).isEqualTo(NOTHING);
    }

    @Test
    void whoIsBeingServedAtTheEndIsAnsweredByWhoServes() {
        serve("a");
        source.meanwhile = workers::end;

        bell.ring();
        executor.run();

        assertThat(answers.get("a")).isEqualTo(NOTHING);
    }

    /** Fills the places that are free, and sees that they are so many. */
    private void assertPlaces(int free) {
        for (int i = 0; i < free; i++) {
            serve("w" + i);
        }
        assertThatThrownBy(() -> serve("one too many")).isInstanceOf(TooManyWaiting.class);
    }

    private void assertGranted(String owner, String run) {
        assertThat(answers.get(owner)).singleElement().asString().contains("\"run_id\":\"" + run + "\"");
    }

    private void serve(String owner) {
        workers.serve(waiter(owner));
    }

    private Waiter waiter(String owner) {
        ClaimRuns.Request claim = new ClaimRuns.Request(
                new ClaimRuns.Holder(owner, null),
                ClaimRuns.Filter.types(List.of("mail")),
                1,
                Duration.ofMinutes(1),
                false);
        return new Waiter(
                Caller.local(),
                new LeaseRequest(claim, Duration.ofSeconds(5), null),
                answer -> answered(owner, answer instanceof byte[] json ? text(json) : answer, refused.test(answer)),
                () -> gone.contains(owner));
    }

    private boolean answered(String owner, Object answer, boolean fails) {
        if (fails) {
            throw new IllegalStateException("the server does not take it");
        }
        return !gone.contains(owner)
                && answers.computeIfAbsent(owner, any -> new ArrayList<>()).add(answer);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** A run that was committed, and announced. */
    private String submit() {
        String run = add();
        bell.ring();
        return run;
    }

    /** A run that was committed on another node. */
    private String add() {
        UUID id = UUID.randomUUID();
        source.ready.add(new Claimed(
                id,
                UUID.randomUUID(),
                "mail",
                "default",
                1,
                Instant.EPOCH,
                0,
                0,
                1,
                Backoff.DEFAULT,
                null,
                "Pure",
                new Claimed.Keys(null, "HoldDuringRetry", null, null),
                Claimed.Labels.NONE,
                null,
                null,
                null,
                null,
                null));
        return id.toString();
    }
}
