package dev.leasehold.worker;

import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.attempt.Terms;
import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Unavailable;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.OutcomeUnknown;
import dev.leasehold.sql.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RoundTest {

    private static final Payload UNSTORABLE = Payload.of("x".repeat(300), Payload.Form.TEXT, new byte[1]);

    private final Fixture queue;

    RoundTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void everyReportIsStored() {
        List<Report> reports = reports(5, Outcome.success());

        assertThat(queue.get(Round.class).run(reports, 0, Queues.ALL)).isEmpty();

        assertThat(count(RunState.COMPLETED)).isEqualTo(5);
    }

    @Test
    void aReportThatCannotBeStoredFailsAloneAndItsNeighboursCommit() {
        List<Report> reports = reports(7, Outcome.success());
        Report culprit = reports.get(4).with(Outcome.success(UNSTORABLE));
        reports.set(4, culprit);

        queue.get(Round.class).run(reports, 0, Queues.ALL);

        assertThat(count(RunState.COMPLETED)).isEqualTo(6);
        assertThat(queue.row(culprit.runId()).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(queue.attempts(culprit.runId())).singleElement().satisfies(attempt -> {
            assertThat(attempt.result()).isEqualTo("Failure");
            assertThat(attempt.error())
                    .startsWith("the result could not be stored: ")
                    .doesNotContain("\n");
        });
    }

    @Test
    void everyReportOfAWhollyBadRoundIsStoredAsAFailure() {
        queue.get(Round.class).run(reports(5, Outcome.success(UNSTORABLE)), 0, Queues.ALL);

        assertThat(count(RunState.RETRY_WAIT)).isEqualTo(5);
    }

    @Test
    void aLateReportIsPassedOver() {
        List<Report> reports = reports(3, Outcome.success());
        queue.finish(reports.get(1));

        queue.get(Round.class).run(reports, 0, Queues.ALL);

        assertThat(count(RunState.COMPLETED)).isEqualTo(3);
    }

    @Test
    void whatWasClaimedByACommitOfUnknownOutcomeIsHandedOutByTheNextRound() {
        LossyTransactions transactions = new LossyTransactions(queue.transactions);
        prepare(transactions);
        List<UUID> runs = List.of(queue.run(NewTask.of("mail")), queue.run(NewTask.of("mail")));
        Round round = queue.get(Round.class);
        queue.get(Heartbeat.class).beat();
        transactions.loseNext();

        assertThatThrownBy(() -> round.run(List.of(), 2, Queues.ALL)).isInstanceOf(OutcomeUnknown.class);
        assertThat(count(RunState.RUNNING)).isEqualTo(2);
        assertThat(runs).noneMatch(run -> queue.get(InHand.class).has(run, 1));

        assertThat(round.run(List.of(), 2, Queues.ALL))
                .extracting(Claimed::runId)
                .containsExactlyInAnyOrderElementsOf(runs);
        assertThat(queue.get(InHand.class).fences()).containsOnlyKeys(runs);
        assertThat(round.run(List.of(), 5, Queues.ALL)).isEmpty();
    }

    @Test
    void aClaimThatLandsAfterEverybodyGaveItUpIsHandedOutWhenTwoLooksHaveMissedItAndNoFasterThanThreadsWait() {
        prepare(queue.transactions);
        Round round = queue.get(Round.class);
        Heartbeat heartbeat = queue.get(Heartbeat.class);
        heartbeat.remember();
        List<UUID> runs = List.of(queue.run(NewTask.of("mail")), queue.run(NewTask.of("mail")));
        claimUnseen(2);

        heartbeat.remember();
        assertThat(round.run(List.of(), 2, Queues.ALL)).isEmpty();
        heartbeat.remember();
        List<Claimed> first = round.run(List.of(), 1, Queues.ALL);
        List<Claimed> second = round.run(List.of(), 1, Queues.ALL);

        assertThat(List.of(first.get(0).runId(), second.get(0).runId())).containsExactlyInAnyOrderElementsOf(runs);
        heartbeat.remember();
        heartbeat.remember();
        assertThat(round.run(List.of(), 2, Queues.ALL)).isEmpty();
    }

    @Test
    void whatWasFinishedSinceItWasMissedIsNotHandedOut() {
        prepare(queue.transactions);
        queue.run(NewTask.of("mail"));
        Heartbeat heartbeat = queue.get(Heartbeat.class);
        Claimed claimed = claimUnseen(1).get(0);
        heartbeat.remember();
        heartbeat.remember();
        String owner = queue.get(Owner.class).name();
        queue.finish(new Report(owner, claimed.runId(), claimed.attemptId(), 1, Outcome.success(), Terms.of(claimed)));

        assertThat(queue.get(Round.class).run(List.of(), 1, Queues.ALL)).isEmpty();
    }

    @Test
    void whatAnotherNodeClaimedInPlaceOfALostClaimIsNotHandedOut() {
        prepare(queue.transactions);
        queue.run(NewTask.of("mail"));
        Claimed others = queue.claim(1, "mail").get(0);
        queue.get(Heartbeat.class).beat();
        queue.get(Forgotten.class).doubt(List.of(others));

        assertThat(queue.get(Round.class).run(List.of(), 1, Queues.ALL)).isEmpty();
    }

    @Test
    void whatWasTakenInHandSinceItWasDoubtedIsNotHandedOut() {
        prepare(queue.transactions);
        queue.run(NewTask.of("mail"));
        queue.get(Heartbeat.class).beat();
        Claimed claimed = claimUnseen(1).get(0);
        queue.get(Forgotten.class).doubt(List.of(claimed));
        queue.get(InHand.class).take(List.of(claimed));

        assertThat(queue.get(Round.class).run(List.of(), 1, Queues.ALL)).isEmpty();
    }

    @Test
    void whatAnotherTransactionHoldsIsNotHandedOut() throws SQLException {
        prepare(queue.transactions);
        queue.run(NewTask.of("mail"));
        queue.get(Heartbeat.class).beat();
        Claimed claimed = claimUnseen(1).get(0);
        queue.get(Forgotten.class).doubt(List.of(claimed));

        try (Connection other = queue.dataSource.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select run_id from leasehold.run for update");
            assertThat(queue.get(Round.class).run(List.of(), 1, Queues.ALL)).isEmpty();
            other.rollback();
        }
    }

    @Test
    void whatIsInHandIsNotHandedOutAgainAndStopsWhenItsLeaseIsGone() {
        prepare(queue.transactions);
        UUID run = queue.run(NewTask.of("mail").retryEvery(Duration.ofHours(1)));
        Round round = queue.get(Round.class);
        Heartbeat heartbeat = queue.get(Heartbeat.class);
        Claimed claimed = round.run(List.of(), 1, Queues.ALL).get(0);
        Token token = queue.get(InHand.class).token(claimed);

        heartbeat.beat();
        heartbeat.remember();
        heartbeat.beat();
        heartbeat.remember();
        assertThat(round.run(List.of(), 1, Queues.ALL)).isEmpty();
        assertThat(token.stopped()).isFalse();
        queue.clock.advance(Duration.ofSeconds(30));
        queue.expire();
        heartbeat.beat();
        assertThat(token.stopped()).isTrue();
        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
    }

    /** A claim in this process's name that nobody here has in hand. */
    private List<Claimed> claimUnseen(int max) {
        Owner owner = queue.get(Owner.class);
        return queue.claim(new ClaimRuns.Request(
                new ClaimRuns.Holder(owner.name(), owner.id()),
                ClaimRuns.Filter.types(List.of("mail")),
                max,
                Duration.ofSeconds(30),
                true));
    }

    @Test
    void aReportWhoseCommitHadAnUnknownOutcomeIsRepeatedAndRecognised() {
        LossyTransactions transactions = new LossyTransactions(queue.transactions);
        prepare(transactions);
        queue.run(NewTask.of("mail"));
        Round round = queue.get(Round.class);
        Claimed claimed = round.run(List.of(), 1, Queues.ALL).get(0);
        Owner owner = queue.get(Owner.class);
        Report report =
                new Report(owner.name(), claimed.runId(), claimed.attemptId(), 1, Outcome.success(), Terms.of(claimed));
        transactions.loseNext();

        assertThatThrownBy(() -> round.run(List.of(report), 1, Queues.ALL)).isInstanceOf(OutcomeUnknown.class);
        assertThat(round.run(List.of(report), 1, Queues.ALL)).isEmpty();

        assertThat(count(RunState.COMPLETED)).isEqualTo(1);
        assertThat(queue.get(InHand.class).has(claimed.runId(), 1)).isFalse();
    }

    @Test
    void aNodeThatWasNotHeardOfForALeaseIsHeardBeforeItClaimsAgain() {
        prepare(queue.transactions);
        queue.get(Heartbeat.class).beat();
        queue.clock.advance(Duration.ofSeconds(30));
        UUID run = queue.run(NewTask.of("mail"));

        assertThat(queue.get(Round.class).run(List.of(), 1, Queues.ALL)).hasSize(1);

        assertThat(queue.expire()).isZero();
        queue.clock.advance(Duration.ofSeconds(29));
        assertThat(queue.expire()).isZero();
        queue.clock.advance(Duration.ofSeconds(1));
        assertThat(queue.expire()).isEqualTo(1);
        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
    }

    @Test
    void aNodeThatCannotBeHeardClaimsNothing() {
        LossyTransactions transactions = new LossyTransactions(queue.transactions);
        prepare(transactions);
        UUID run = queue.run(NewTask.of("mail"));
        transactions.loseNext();

        assertThatThrownBy(() -> queue.get(Round.class).run(List.of(), 1, Queues.ALL))
                .isInstanceOf(Unavailable.class);

        assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
    }

    private void prepare(Transactions transactions) {
        queue.put(Transactions.class, transactions);
        queue.activate();
        queue.put(HandlerExtension.class, new HandlerExtension() {
            @Override
            public Set<String> types() {
                return Set.of("mail");
            }
        });
    }

    private List<Report> reports(int count, Outcome outcome) {
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queue.run(NewTask.of("mail"));
            Claimed claimed = queue.claim(1, "mail").get(0);
            reports.add(report(claimed, outcome));
        }
        return reports;
    }

    private long count(RunState state) {
        return queue.count("select count(*) from leasehold.run where state = '" + state.word() + "'");
    }
}
