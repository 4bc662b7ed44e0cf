package dev.leasehold.worker;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.Terms;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.SettableClock;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.registry.Drift;
import dev.leasehold.registry.Drift.Kind;
import dev.leasehold.registry.DriftLog;
import dev.leasehold.registry.Entry;
import dev.leasehold.registry.Looked;
import dev.leasehold.registry.Lookout;
import dev.leasehold.registry.Reconciliation;
import dev.leasehold.registry.Registry;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.DeadRows;
import dev.leasehold.sql.ToldDeadRows;
import dev.leasehold.time.Pace;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The leases win over what a node believes, in both directions. */
@ParameterizedClass
@EnumSource(Database.class)
class ReconciliationTest {

    private static final NewTask MAIL = NewTask.of("mail").maxAttempts(3);

    private final Fixture queue;
    private final InHand inHand;
    private int looks;

    ReconciliationTest(Database database) {
        queue = new Fixture(database);
        inHand = queue.get(InHand.class);
    }

    @BeforeEach
    void begin() {
        queue.get(Heartbeat.class).beat();
    }

    @AfterEach
    void close() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void whatAgreesIsLeftAlone() {
        Claimed here = taken();
        Claimed elsewhere = other();
        Claimed unseen = claim();
        inHand.take(List.of(unseen));

        Looked looked = look();

        assertThat(looked).isEqualTo(new Looked(1, 0, 0, List.of()));
        assertThat(inHand.token(here).stopped()).isFalse();
        assertThat(inHand.token(unseen).stopped()).isFalse();
        assertThat(queue.leaseOf(elsewhere.runId())).isPresent();
    }

    @Test
    void aHandlerWhoseLeaseIsGoneIsToldToStopOnce() {
        Claimed stale = taken();
        Token token = inHand.token(stale);
        String owner = queue.get(Owner.class).name();
        FinishAttempts.Report report = new FinishAttempts.Report(
                owner, stale.runId(), stale.attemptId(), stale.fence(), Outcome.success(), Terms.of(stale));
        assertThat(queue.finish(report).get(0).refusal()).isNull();

        Looked first = look();
        Looked second = look();

        assertThat(kinds(first)).containsExactly(Kind.STALE);
        assertThat(first.evicted()).isOne();
        assertThat(token.stopped()).isTrue();
        assertThat(inHand.count()).isZero();
        assertThat(second.drift()).isEmpty();
    }

    @Test
    void aLeaseThatExpiresUnderAHandlerIsNamedAsSuch() {
        Claimed lost = taken();
        Token token = inHand.token(lost);
        expire();

        Looked looked = look();

        assertThat(looked.drift())
                .containsExactly(
                        new Drift(lost.runId(), 1, Kind.EXPIRED, "Running", "RetryWait", queue.clock.instant()));
        assertThat(token.stopped()).isTrue();
    }

    @Test
    void itIsFoundAlsoWhereTheSameNodeHasTheRunAgain() {
        Claimed lost = taken();
        Token token = inHand.token(lost);

        Looked looked = inHand.during(lost, token, () -> {
            expire();
            queue.get(Heartbeat.class).beat();
            queue.clock.advance(Duration.ofHours(1));
            queue.promote(10);
            queue.get(Heartbeat.class).beat();
            Claimed again = claim();
            assertThat(again.fence()).isEqualTo(2);
            inHand.take(List.of(again));
            inHand.committed(List.of(again));
            return look();
        });

        assertThat(looked.drift()).extracting(Drift::kind, Drift::fence).containsExactly(tuple(Kind.EXPIRED, 1L));
        assertThat(token.stopped()).isTrue();
        assertThat(inHand.has(lost.runId(), 2)).isTrue();
        assertThat(look().drift()).isEmpty();
    }

    @Test
    void aLeaseOfWhichItsNodeKnowsNothingEndsAsIfItHadExpired() {
        Claimed unknown = claim();

        Looked looked = look();

        assertThat(looked.drift())
                .containsExactly(new Drift(unknown.runId(), 1, Kind.MISSING, null, "Running", queue.clock.instant()));
        assertThat(looked.ended()).isOne();
        assertThat(queue.row(unknown.runId()).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(queue.leaseOf(unknown.runId())).isEmpty();
        assertThat(look().drift()).isEmpty();
    }

    @Test
    void aLeaseWhoseClaimWasThoughtLostIsKnown() {
        Claimed doubted = claim();
        queue.get(Forgotten.class).doubt(List.of(doubted));

        assertThat(look().drift()).isEmpty();
        assertThat(queue.leaseOf(doubted.runId())).isPresent();
    }

    @Test
    void whatSomebodyCanceledIsNoDifference() {
        Claimed canceled = taken();
        queue.cancel(Order.of(canceled.runId()));

        assertThat(look().drift()).isEmpty();
    }

    @Test
    void everyLookCounts() {
        claim();
        look();
        look();

        assertThat(queue.get(DriftLog.class).total().checked()).isOne();
        assertThat(queue.get(DriftLog.class).total().corrected()).isOne();
        assertThat(queue.get(DriftLog.class).total().drift()).hasSize(1);
    }

    @Test
    void anEntryIsKeyedByItsTaskAndRun() {
        Claimed here = taken();
        Claimed elsewhere = other();
        Registry registry = queue.get(Registry.class);

        assertThat(registry.list(CALLER, null, 10).entries())
                .extracting(Entry::runId, Entry::residency)
                .containsExactly(
                        tuple(here.runId(), Entry.Residency.RESIDENT),
                        tuple(elsewhere.runId(), Entry.Residency.REMOTE));
        assertThat(registry.find(CALLER, here.taskId(), here.runId())).isPresent();
        assertThat(registry.find(CALLER, elsewhere.taskId(), elsewhere.runId())).isPresent();
        assertThat(registry.find(CALLER, here.taskId(), elsewhere.runId())).isEmpty();
        assertThat(registry.find(CALLER, here.taskId(), new UUID(4, 4))).isEmpty();
        queue.finish(Fixture.report(elsewhere, Outcome.success()));
        assertThat(registry.find(CALLER, elsewhere.taskId(), elsewhere.runId())).isEmpty();
    }

    @Test
    void aTurnLooksWhenSomebodyAskedThoughItsPaceSaysNo() {
        SettableClock time = new SettableClock();
        queue.put(Pace.class, new Pace(time));
        queue.put(DeadRows.class, new ToldDeadRows(true));
        queue.put(Reconciliation.class, new Reconciliation() {
            @Override
            public synchronized Looked look() {
                looks++;
                time.advance(Duration.ofMillis(100));
                return new Looked(0, 0, 0, List.of());
            }
        });
        Lookout lookout = queue.get(Lookout.class);

        lookout.turn();
        lookout.turn();
        assertThat(looks).isOne();
        queue.tamper("update leasehold.node set looks_asked = looks_asked + 1");
        lookout.turn();
        assertThat(looks).isEqualTo(2);
        lookout.turn();
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void aTurnLooksWhenANodeWasLost() {
        SettableClock time = new SettableClock();
        queue.put(Pace.class, new Pace(time));
        queue.put(DeadRows.class, new ToldDeadRows(true));
        Lookout lookout = queue.get(Lookout.class);
        lookout.turn();
        time.advance(Duration.ofNanos(1));
        long checked = queue.get(DriftLog.class).total().checked();
        taken();
        queue.tamper("insert into leasehold.node (node_id, name, types, capabilities, started_at, heartbeat_at, expiry)"
                + " select '00000000-0000-0000-0000-000000000009', 'gone', types, capabilities, started_at, heartbeat_at,"
                + " started_at from leasehold.node");

        lookout.turn();

        assertThat(queue.get(DriftLog.class).total().checked()).isEqualTo(checked + 1);
    }

    @Test
    void onlyOtherNodesThatLiveAreAsked() {
        queue.tamper("insert into leasehold.node (node_id, name, types, capabilities, started_at, heartbeat_at, expiry)"
                + " select '00000000-0000-0000-0000-000000000008', 'other', types, capabilities, started_at, heartbeat_at,"
                + " expiry from leasehold.node");

        assertThat(queue.get(Lookout.class).askOthers()).isOne();
        assertThat(queue.count("select looks_asked from leasehold.node where name = 'other'"))
                .isOne();
        queue.clock.advance(Duration.ofMinutes(5));
        assertThat(queue.get(Lookout.class).askOthers()).isZero();
    }

    private Looked look() {
        return queue.get(Reconciliation.class).look();
    }

    private static List<Kind> kinds(Looked looked) {
        return looked.drift().stream().map(Drift::kind).toList();
    }

    private Claimed taken() {
        Claimed claimed = claim();
        inHand.take(List.of(claimed));
        inHand.committed(List.of(claimed));
        return claimed;
    }

    /** A run that this node was granted. */
    private Claimed claim() {
        if (queue.count("select count(*) from leasehold.run where state = 'Ready'") == 0) {
            queue.run(MAIL);
        }
        Owner owner = queue.get(Owner.class);
        return claim(new ClaimRuns.Holder(owner.name(), owner.id()));
    }

    /** A run that somebody else was granted. */
    private Claimed other() {
        queue.run(MAIL);
        return queue.claim(1, "mail").get(0);
    }

    private Claimed claim(ClaimRuns.Holder holder) {
        return queue.claim(new ClaimRuns.Request(
                        holder, ClaimRuns.Filter.types(List.of("mail")), 1, Duration.ofSeconds(30), true))
                .get(0);
    }

    private void expire() {
        queue.clock.advance(Duration.ofSeconds(31));
        assertThat(queue.expire()).isOne();
    }
}
