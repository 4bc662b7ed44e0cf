package dev.leasehold.lease;

import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.run.HoldRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.PrioritizeRuns;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.tenant.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Database.class)
class ClaimRunsTest {

    private final Fixture queue;

    ClaimRunsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void theGreatestPriorityComesFirstThenThePlannedInstantThenTheIdAcrossLanes() {
        UUID third = run("mail", "a", 1, 20);
        UUID fourth = run("report", "b", 1, 20);
        UUID last = run("mail", "a", -7, 1);
        UUID second = run("report", "a", 1, 10);
        UUID fifth = run("mail", "b", 0, 5);
        UUID first = run("mail", "b", 2_000_000_000, 30);

        assertThat(ids(queue.claim(10, "mail", "report"))).containsExactly(first, second, third, fourth, fifth, last);
    }

    @Test
    void aSmallClaimTakesTheBestAndLeavesTheRestInOrder() {
        List<UUID> runs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            runs.add(run(i % 2 == 0 ? "mail" : "report", "q" + i % 3, 9 - i, 1));
        }

        assertThat(ids(queue.claim(4, "mail", "report"))).isEqualTo(runs.subList(0, 4));
        assertThat(ids(queue.claim(1, "mail", "report"))).isEqualTo(runs.subList(4, 5));
        assertThat(ids(queue.claim(9, "mail", "report"))).isEqualTo(runs.subList(5, 9));
        assertThat(queue.claim(9, "mail", "report")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withinALaneASmallClaimTakesTheBest(boolean start) {
        UUID last = run("mail", "a", 1, 10);
        UUID third = run("mail", "a", 2, 20);
        UUID second = run("mail", "a", 3, 40);
        UUID first = run("mail", "a", 3, 30);

        for (UUID next : List.of(first, second, third, last)) {
            assertThat(ids(start ? queue.claim(1, "mail") : queue.lease(1, "mail")))
                    .containsExactly(next);
        }
    }

    @Test
    void aClaimThatDoesNotStartKeepsTheOrderAcrossLanes() {
        UUID third = run("mail", "a", 1, 20);
        UUID second = run("report", "b", 1, 10);
        UUID first = run("mail", "b", 2, 30);

        assertThat(ids(queue.lease(10, "mail", "report"))).containsExactly(first, second, third);
    }

    @Test
    void whatComesBeforeRunsThatWereClaimedIsNotPassedBy() {
        run("mail", "a", 0, 10);
        UUID last = run("mail", "a", 0, 20);
        queue.claim(1, "mail");
        UUID second = run("mail", "a", 0, 5);
        UUID first = run("mail", "a", 1, 30);

        assertThat(ids(queue.claim(3, "mail"))).containsExactly(first, second, last);
    }

    @Test
    void whatIsPromotedBeforeRunsThatWereClaimedIsNotPassedBy() {
        UUID held = queue.run(NewTask.of("mail").priority(9).scheduledAt(START.plusSeconds(1)));
        UUID first = queue.run(NewTask.of("mail").priority(2).scheduledAt(START.plusSeconds(2)));
        UUID second = queue.run(NewTask.of("mail").priority(1).scheduledAt(START.plusSeconds(1)));
        run("mail", "default", 0, 10);
        UUID last = run("mail", "default", 0, 20);
        queue.in(() -> queue.get(HoldRuns.class).execute(Fixture.CALLER, List.of(Order.of(held))));
        queue.claim(1, "mail");
        queue.clock.advance(Duration.ofSeconds(2));
        assertThat(queue.promote(10)).isEqualTo(3);

        assertThat(ids(queue.claim(3, "mail"))).containsExactly(first, second, last);
    }

    @Test
    void whatATransactionLetsGoItsOwnClaimMeets() {
        NewTask keyed = NewTask.of("mail").priority(5).gates(Gates.key("K", HoldPolicy.HOLD_DURING_RETRY));
        queue.run(keyed);
        UUID waiting = queue.run(keyed);
        queue.submit(NewTask.of("mail"), NewTask.of("mail"), NewTask.of("mail"));
        Claimed holder = queue.claim(1, "mail").get(0);
        queue.claim(1, "mail");
        queue.claim(1, "mail");

        List<Claimed> next = queue.in(() -> {
            queue.finish(report(holder, Outcome.success()));
            return queue.claim(1, "mail");
        });

        assertThat(ids(next)).containsExactly(waiting);
    }

    @Test
    void whatIsRaisedBeforeRunsThatWereClaimedIsNotPassedBy() {
        UUID raised = run("mail", "a", -5, 10);
        UUID last = run("mail", "a", -4, 10);
        run("mail", "a", 0, 10);
        queue.claim(1, "mail");
        queue.in(() -> queue.get(PrioritizeRuns.class)
                .execute(Fixture.CALLER, List.of(new PrioritizeRuns.Request(Order.of(raised), 7))));

        assertThat(ids(queue.claim(1, "mail"))).containsExactly(raised);
        assertThat(ids(queue.claim(1, "mail"))).containsExactly(last);
    }

    private UUID run(String type, String lane, int priority, int secondsAgo) {
        return queue.run(
                NewTask.of(type).queue(lane).priority(priority).scheduledAt(START.minusSeconds(100 - secondsAgo)));
    }

    @Test
    void aRetryKeepsItsPlaceByThePlannedInstant() {
        UUID old = queue.run(NewTask.of("mail").retryEvery(Duration.ofSeconds(3)));
        queue.clock.advance(Duration.ofSeconds(1));
        UUID young = queue.run(NewTask.of("mail"));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no")));
        queue.clock.advance(Duration.ofSeconds(3));
        queue.promote(1);

        assertThat(ids(queue.claim(2, "mail"))).containsExactly(old, young);
    }

    @Test
    void onlyTheAskedTypesAreGranted() {
        UUID mail = queue.run(NewTask.of("mail"));
        UUID report = queue.run(NewTask.of("report"));

        assertThat(queue.claim(10)).isEmpty();
        assertThat(queue.claim(10, "ma", "mailx", "Mail", "%", "other")).isEmpty();
        assertThat(ids(queue.claim(10, "other", "report"))).containsExactly(report);
        assertThat(ids(queue.claim(10, "mail", "mail"))).containsExactly(mail);
    }

    @Test
    void aClaimThatIsNotStartedLeasesTheRunAndUsesNoAttempt() {
        UUID id = queue.run(NewTask.of("mail").queue("slow"));
        queue.clock.advance(Duration.ofSeconds(5));

        Claimed claimed = queue.lease(1, "mail").get(0);

        Run run = queue.row(id);
        assertThat(run.state()).isEqualTo(RunState.LEASED);
        assertThat(List.of(run.fence(), claimed.fence(), (long) run.attemptsStarted()))
                .isEqualTo(List.of(1L, 1L, 0L));
        assertThat(claimed.attemptId()).isNull();
        assertThat(List.of(claimed.type(), claimed.queue(), claimed.attemptsStarted()))
                .isEqualTo(List.of("mail", "slow", 0));
        assertThat(queue.leaseOf(id)).hasValueSatisfying(lease -> {
            assertThat(lease.owner()).isEqualTo("w");
            assertThat(lease.expiry()).isEqualTo(START.plusSeconds(35));
            assertThat(lease.acquiredAt()).isEqualTo(START.plusSeconds(5));
            assertThat(lease.attemptId()).isNull();
            assertThat(lease.startedAt()).isNull();
        });
        assertThat(queue.events(id).get(1)).satisfies(event -> {
            assertThat(event.type()).isEqualTo("run.leased");
            assertThat(event.steps()).isEqualTo(Step.parse("Ready>Leased"));
        });
    }

    @Test
    void aClaimThatStartsRecordsTheAttemptItAnswers() {
        UUID id = queue.run(NewTask.of("mail").maxAttempts(3));

        Claimed claimed = queue.claim(1, "mail").get(0);

        assertThat(queue.row(id).state()).isEqualTo(RunState.RUNNING);
        assertThat(List.of(claimed.attemptsStarted(), claimed.attemptsSuspended(), claimed.maxAttempts()))
                .isEqualTo(List.of(1, 0, 3));
        assertThat(queue.leaseOf(id)).hasValueSatisfying(lease -> {
            assertThat(lease.attemptId()).isNotNull().isEqualTo(claimed.attemptId());
            assertThat(lease.attemptNumber()).isEqualTo(1);
            assertThat(lease.startedAt()).isEqualTo(START);
        });
        assertThat(queue.events(id).get(1)).satisfies(event -> {
            assertThat(event.type()).isEqualTo("run.started");
            assertThat(event.steps()).isEqualTo(Step.parse("Ready>Leased,Leased>Running"));
            assertThat(event.attemptId()).isEqualTo(claimed.attemptId());
            assertThat(event.attemptNumber()).isEqualTo(1);
            assertThat(event.fence()).isEqualTo(1);
        });
    }

    @Test
    void everyRunOfAClaimGetsAnAttemptOfItsOwn() {
        for (int i = 0; i < 20; i++) {
            queue.run(NewTask.of(i % 2 == 0 ? "mail" : "report").priority(i % 3));
        }

        List<Claimed> claimed = queue.claim(30, "mail", "report");

        assertThat(claimed)
                .hasSize(20)
                .extracting(Claimed::attemptId)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(claimed)
                .allSatisfy(one -> assertThat(queue.leaseOf(one.runId()))
                        .hasValueSatisfying(
                                lease -> assertThat(lease.attemptId()).isEqualTo(one.attemptId())));
    }

    @Test
    void everyLeaseOfARunHasAGreaterFence() {
        UUID id = queue.run(NewTask.of("mail").retryEvery(Duration.ZERO).maxAttempts(4));

        for (long fence = 1; fence <= 4; fence++) {
            Claimed claimed = queue.claim(1, "mail").get(0);
            assertThat(claimed.fence()).isEqualTo(fence);
            assertThat(claimed.attemptsStarted()).isEqualTo((int) fence);
            queue.finish(report(claimed, Outcome.retry("no")));
            queue.promote(1);
        }

        assertThat(queue.row(id).fence()).isEqualTo(4);
    }

    @Test
    void ofThirtyTwoWhoClaimOneRunOneIsGrantedIt() {
        UUID run = queue.run(NewTask.of("mail"));

        List<List<UUID>> granted = Race.of(32, number -> ids(queue.claim("w" + number, 1, number % 2 == 0, "mail")));

        assertThat(granted).filteredOn(one -> !one.isEmpty()).containsExactly(List.of(run));
        assertThat(queue.row(run).fence()).isEqualTo(1);
    }

    @Test
    void severalRequestsAreServedInTheirOrder() {
        UUID best = queue.run(NewTask.of("mail").priority(2));
        UUID next = queue.run(NewTask.of("mail").priority(1));

        List<List<Claimed>> granted = queue.in(() -> queue.get(ClaimRuns.class)
                .execute(
                        Fixture.CALLER, List.of(request("a", 1, true), request("b", 5, false), request("c", 5, true))));

        assertThat(granted.stream().map(ClaimRunsTest::ids)).containsExactly(List.of(best), List.of(next), List.of());
        assertThat(queue.leaseOf(best).map(Lease::owner)).hasValue("a");
        assertThat(queue.leaseOf(next).map(Lease::owner)).hasValue("b");
    }

    @Test
    void anotherTenantIsGrantedNothing() {
        queue.run(NewTask.of("mail"));
        Caller stranger = new Caller(new UUID(1, 1), "stranger");
        ClaimRuns.Request request = request("w", 5, true);
        String before = queue.dump();

        assertThat(queue.in(() -> queue.get(ClaimRuns.class).execute(stranger, List.of(request))))
                .containsExactly(List.of());
        assertThat(queue.dump()).isEqualTo(before);
    }

    @Test
    void thirtyTwoClaimersAtOnceGetOneLeaseOfOneRun() {
        UUID id = queue.run(NewTask.of("mail"));

        List<List<Claimed>> granted = Race.of(32, number -> queue.claim(5, "mail"));

        assertThat(granted).filteredOn(one -> !one.isEmpty()).hasSize(1);
        assertThat(queue.row(id).fence()).isEqualTo(1);
        assertThat(queue.events(id)).hasSize(2);
    }

    @Test
    void eightClaimersAtOnceShareThreeHundredRunsAndLeaveNone() {
        queue.submit(Collections.nCopies(300, NewTask.of("mail")).toArray(NewTask[]::new));
        AtomicInteger left = new AtomicInteger(300);

        List<UUID> granted = Race.of(8, number -> {
                    List<UUID> mine = new ArrayList<>();
                    for (int i = 0; i < 1000 && left.get() > 0; i++) {
                        List<UUID> some = ids(queue.claim("w" + number, 7, number % 2 == 0, "mail"));
                        left.addAndGet(-some.size());
                        mine.addAll(some);
                    }
                    return mine;
                })
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(granted).hasSize(300).doesNotHaveDuplicates();
        assertThat(queue.count("select count(*) from leasehold.lease where fence = 1"))
                .isEqualTo(300);
    }

    private static List<UUID> ids(List<Claimed> claimed) {
        return claimed.stream().map(Claimed::runId).toList();
    }

    private static ClaimRuns.Request request(String owner, int max, boolean start) {
        return new ClaimRuns.Request(
                new ClaimRuns.Holder(owner, null),
                ClaimRuns.Filter.types(List.of("mail")),
                max,
                Duration.ofSeconds(30),
                start);
    }
}
