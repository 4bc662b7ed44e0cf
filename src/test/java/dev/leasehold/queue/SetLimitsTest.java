package dev.leasehold.queue;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.UnparkRuns;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitRow;
import dev.leasehold.sql.PermitScope;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SetLimitsTest {

    private static final NewTask MAIL = NewTask.of("mail");

    private final Fixture queue;

    SetLimitsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUE", "TYPE"})
    void soManyAtATime(PermitScope scope) {
        set(scope, name(scope), 2);
        submit(MAIL, 5);

        List<Claimed> first = claim(10);

        assertThat(first).hasSize(2);
        assertThat(claim(10)).isEmpty();
        queue.finish(report(first.get(0), Outcome.retry("x")));
        assertThat(claim(10)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUE", "TYPE"})
    void whatIsUnderWayCounts(PermitScope scope) {
        submit(MAIL, 5);
        List<Claimed> before = claim(2);

        assertThat(set(scope, name(scope), 2).used()).isEqualTo(2);
        assertThat(set(scope, name(scope), 2).used()).isEqualTo(2);

        assertThat(claim(10)).isEmpty();
        before.forEach(claimed -> queue.finish(report(claimed, Outcome.success())));
        assertThat(claim(10)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUE", "TYPE"})
    void aLaneThatOpensLaterIsLimitedToo(PermitScope scope) {
        set(scope, name(scope), 1);
        submit(MAIL, 1);
        Gates able = new Gates(null, null, List.of("a"), null, null, null);
        submit(MAIL.gates(able), 1);

        List<Claimed> claimed = queue.claim(new dev.leasehold.lease.ClaimRuns.Request(
                new dev.leasehold.lease.ClaimRuns.Holder("w", null),
                new dev.leasehold.lease.ClaimRuns.Filter(null, null, List.of(), List.of("a")),
                10,
                java.time.Duration.ofSeconds(30),
                true));

        assertThat(claimed).hasSize(1);
    }

    @Test
    void aRaisedOrTakenLimitLetsThemGo() {
        set(PermitScope.QUEUE, "default", 1);
        submit(MAIL, 6);
        assertThat(claim(10)).hasSize(1);
        set(PermitScope.QUEUE, "default", 3);
        assertThat(claim(10)).hasSize(2);
        set(PermitScope.QUEUE, "default", null);
        queue.in(() -> queue.get(UnparkRuns.class).execute(CALLER, List.of(10)));
        assertThat(claim(10)).hasSize(3);
        assertThat(set(PermitScope.QUEUE, "default", 4).used()).isEqualTo(6);
    }

    @Test
    void aLimitThatWasTakenAwayIsNoLimitOfZero() {
        set(PermitScope.QUEUE, "default", 1);
        submit(MAIL, 1002);
        assertThat(claim(1)).hasSize(1);
        assertThat(claim(1)).isEmpty();
        set(PermitScope.QUEUE, "default", null);

        queue.in(() -> queue.get(UnparkRuns.class).execute(CALLER, List.of(10)));

        assertThat(queue.count("select count(*) from leasehold.run where parked_on is not null"))
                .isZero();
        assertThat(queue.in(() -> queue.get(Limits.class).find(CALLER, PermitScope.QUEUE, "default")))
                .hasValueSatisfying(permit -> assertThat(permit.most()).isNull());
    }

    @Test
    void aKeyMayAdmitMore() {
        set(PermitScope.KEY, "K", 3);
        submit(MAIL.gates(Gates.key("K", HoldPolicy.HOLD_DURING_RETRY)), 5);

        assertThat(claim(10)).hasSize(3);
        assertThat(set(PermitScope.KEY, "K", 1).used()).isEqualTo(3);
        assertThat(claim(10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUE", "TYPE"})
    void aLimitGetsHoldOfALaneThatWasBeingOpened(PermitScope scope) {
        queue.in(() -> {
            submit(MAIL, 5);
            CompletableFuture.supplyAsync(() -> set(scope, name(scope), 2)).join();
            return 0;
        });
        Claimed before = claim(1).get(0);

        queue.in(() -> queue.get(UnparkRuns.class).execute(CALLER, List.of(10)));

        assertThat(queue.in(() -> queue.get(Limits.class).find(CALLER, scope, name(scope))))
                .hasValueSatisfying(permit -> assertThat(permit.used()).isOne());
        assertThat(claim(10)).hasSize(1);
        queue.finish(report(before, Outcome.success()));
        assertThat(claim(10)).hasSize(1);
    }

    @Test
    void noneIsALimitToo() {
        set(PermitScope.TYPE, "mail", 0);
        submit(MAIL, 1);

        assertThat(claim(10)).isEmpty();
    }

    @Test
    void queuesAreListedByName() {
        submit(MAIL.queue("b"), 1);
        submit(MAIL.queue("a"), 1);
        submit(NewTask.of("fax").queue("a"), 1);
        queue.in(() -> queue.get(PauseQueues.class).execute(CALLER, List.of(new PauseOrder("c", null))));
        queue.in(() -> queue.get(PauseQueues.class).execute(CALLER, List.of(new PauseOrder(null, null))));

        assertThat(queue.in(() -> queue.get(Limits.class).queues(CALLER))).containsExactly("a", "b", "c");
    }

    private static String name(PermitScope scope) {
        return scope == PermitScope.QUEUE ? "default" : "mail";
    }

    private PermitRow set(PermitScope scope, String name, @Nullable Integer most) {
        return queue.in(() -> queue.get(SetLimits.class).execute(CALLER, List.of(new Limit(scope, name, most))))
                .get(0);
    }

    private void submit(NewTask task, int times) {
        queue.submit(Collections.nCopies(times, task).toArray(NewTask[]::new));
    }

    private List<Claimed> claim(int max) {
        return queue.claim(max, "mail");
    }
}
