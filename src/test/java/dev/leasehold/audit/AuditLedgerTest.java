package dev.leasehold.audit;

import static dev.leasehold.audit.Violation.Kind.CHAIN_BREAK;
import static dev.leasehold.audit.Violation.Kind.EXTERNAL_ANCHOR_FAILURE;
import static dev.leasehold.audit.Violation.Kind.RECORD_HASH_MISMATCH;
import static dev.leasehold.audit.Violation.Kind.SEQ_GAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.audit.Violation.Kind;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.run.HoldRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.AuditHead;
import dev.leasehold.sql.AuditRow;
import dev.leasehold.sql.AuditStatement;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Chains of two tenants, and what is found when somebody was at the tables (S13, S62). */
@ParameterizedClass
@EnumSource(Database.class)
class AuditLedgerTest {

    private static final UUID ACME = new UUID(7, 7);
    private static final Caller ALICE = new Caller(ACME, "alice");
    private static final String RECORD = "leasehold.audit_record where tenant_id = '" + ACME + "' and seq = ";
    private static final String FIRST = "f1f9764a8ce83309741eed427b1bbd638727cf6ff4fec8b1f7c086064936e114";
    private static final String SECOND = "ae911f68969f3556dc4d97932d3a999867c646c34c3714651f96bc1375258881";
    private static final String THIRD = "e65aa553a809b512c08dc874f51fe1c1e09c274074435a8c37c826ddd37978d7";

    private final Fixture queue;
    private final AuditLedger ledger;

    AuditLedgerTest(Database database) {
        queue = new Fixture(database);
        ledger = queue.get(AuditLedger.class);
    }

    @BeforeEach
    void threeRecords() {
        queue.tamper("insert into leasehold.tenant (tenant_id, org, workspace, deployment, name, created_at) values ('"
                + ACME + "', 'acme', 'prod', null, 'acme', timestamp with time zone '2026-01-01 00:00:00+00')");
        append("a-1", 1000, "run.paused", "{\"run_id\":\"run-1\"}");
        append("a-2", 2000, "policy.decided", "{\"decision_id\":\"dec-1\",\"run_id\":\"run-1\"}");
        append("a-3", 3000, "run.resumed", "{\"run_id\":\"run-1\"}");
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void theKnownAnswers() {
        assertThat(page(ALICE)).extracting(AuditRow::recordHash).containsExactly(FIRST, SECOND, THIRD);
        assertThat(ledger.verify(ALICE)).isEqualTo(new Verification(3, null));
        assertThat(Chain.line(ledger.head(ALICE).place(), page(ALICE).get(0)))
                .isEqualTo("{\"actor\":\"alice\",\"created_at_ms\":1000,\"event_id\":\"a-1\","
                        + "\"event_type\":\"run.paused\",\"payload\":{\"run_id\":\"run-1\"},\"prev_hash\":null,"
                        + "\"record_hash\":\"" + FIRST + "\",\"seq\":1,"
                        + "\"tenant\":{\"deployment_id\":null,\"org_id\":\"acme\",\"workspace_id\":\"prod\"}}");
    }

    @Test
    void aChangedRecordIsNamedUntilItIsPutBack() {
        for (String change : List.of(
                "payload = replace(payload, 'dec-1', 'dec-2')",
                "payload = concat(payload, ' ')",
                "actor = 'bob'",
                "event_type = 'x'",
                "event_id = 'a-9'",
                "created_at_ms = 2001",
                "run_id = '" + ACME + "'",
                "record_hash = '" + FIRST + "'")) {
            String before = queue.dump();
            AuditRow second = page(ALICE).get(1);
            queue.tamper(
                    "update leasehold.audit_record set " + change + " where tenant_id = '" + ACME + "' and seq = 2");

            assertThat(ledger.verify(ALICE)).as(change).isEqualTo(broken(3, 2, RECORD_HASH_MISMATCH));

            queue.tamper("delete from " + RECORD + 2);
            insert(second);
            assertThat(queue.dump()).isEqualTo(before);
            assertThat(ledger.verify(ALICE).violation()).isNull();
        }
    }

    @Test
    void aRemovedRecordLeavesAGap() {
        queue.tamper("delete from " + RECORD + 2);
        assertThat(ledger.verify(ALICE)).isEqualTo(broken(2, 3, SEQ_GAP));

        queue.tamper("delete from " + RECORD + 1);
        assertThat(ledger.verify(ALICE)).isEqualTo(broken(1, 3, SEQ_GAP));
    }

    @Test
    void aRecordWithADigestOfItsOwnBreaksTheChain() {
        forge(2);
        assertThat(ledger.verify(ALICE)).isEqualTo(broken(3, 3, CHAIN_BREAK));
    }

    @Test
    void aForgedLastRecordIsNotWhatTheHeadSays() {
        forge(3);
        assertThat(ledger.verify(ALICE)).isEqualTo(broken(3, 3, EXTERNAL_ANCHOR_FAILURE));
    }

    @Test
    void whatIsCutOffAtTheEndIsMissed() {
        queue.tamper("delete from " + RECORD + 3);
        assertThat(ledger.verify(ALICE)).isEqualTo(broken(2, 3, EXTERNAL_ANCHOR_FAILURE));
        append("a-4", 4000, "run.resumed", "{}");
        assertThat(ledger.verify(ALICE)).isEqualTo(broken(3, 4, SEQ_GAP));

        queue.tamper("delete from leasehold.audit_record where tenant_id = '" + ACME + "'");
        assertThat(ledger.verify(ALICE)).isEqualTo(broken(0, 1, EXTERNAL_ANCHOR_FAILURE));
    }

    @Test
    void aHeadThatWasSetBackOrTakenAwayIsFound() {
        queue.tamper("update leasehold.audit_head set seq = 2, record_hash = '" + SECOND + "' where tenant_id = '"
                + ACME + "'");
        assertThat(ledger.verify(ALICE)).isEqualTo(broken(2, 3, EXTERNAL_ANCHOR_FAILURE));

        queue.tamper("delete from leasehold.audit_head where tenant_id = '" + ACME + "'");
        assertThat(ledger.verify(ALICE)).isEqualTo(broken(0, 1, EXTERNAL_ANCHOR_FAILURE));
    }

    @Test
    void eachTenantHasItsOwnChainAndSeesNoOther() {
        assertThat(ledger.verify(Fixture.CALLER)).isEqualTo(new Verification(0, null));
        hold(queue.run(NewTask.of("t")));

        assertThat(page(Fixture.CALLER)).extracting(AuditRow::seq).containsExactly(1L);
        assertThat(queue.in(() -> ledger.page(Fixture.CALLER, null, 1, 10))).isEmpty();
        assertThat(page(ALICE)).extracting(AuditRow::eventId).containsExactly("a-1", "a-2", "a-3");
        queue.tamper("delete from " + RECORD + 2);
        assertThat(ledger.verify(Fixture.CALLER)).isEqualTo(new Verification(1, null));
    }

    @Test
    void sixteenWritersLeaveAChainWithoutAGap() {
        int each = 6;
        List<List<UUID>> runs = IntStream.range(0, 16)
                .mapToObj(i -> IntStream.range(0, each)
                        .mapToObj(k -> queue.run(NewTask.of("t")))
                        .toList())
                .toList();

        Race.of(16, number -> {
            runs.get(number).forEach(this::hold);
            return number;
        });

        assertThat(queue.in(() -> ledger.page(Fixture.CALLER, null, 0, 1000)))
                .extracting(AuditRow::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 16L * each).boxed().toList());
        assertThat(ledger.verify(Fixture.CALLER)).isEqualTo(new Verification(16L * each, null));
        for (List<UUID> own : runs) {
            List<UUID> recorded = new ArrayList<>();
            for (UUID run : own) {
                queue.in(() -> ledger.page(Fixture.CALLER, run, 0, 10)).forEach(row -> recorded.add(row.runId()));
            }
            assertThat(recorded).isEqualTo(own);
        }
    }

    @Test
    void whatIsRolledBackIsNotRecorded() {
        UUID run = queue.run(NewTask.of("t"));
        String before = queue.dump();

        assertThatThrownBy(() -> queue.in(() -> {
                    hold(run);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(queue.dump()).isEqualTo(before);
    }

    @Test
    void aLongChainIsReadPageByPage() {
        queue.submit(Collections.nCopies(1001, NewTask.of("t")).toArray(NewTask[]::new));
        RunFilter all = new RunFilter(Set.of(), null, null, null);
        List<UUID> runs = queue.in(() -> queue.get(Runs.class).page(Fixture.CALLER, all, 0, 1001)).stream()
                .map(one -> one.run().id())
                .toList();
        queue.in(() -> queue.get(HoldRuns.class)
                .execute(Fixture.CALLER, runs.stream().map(Order::of).toList()));

        assertThat(ledger.verify(Fixture.CALLER)).isEqualTo(new Verification(1001, null));
        assertThat(queue.in(() -> ledger.page(Fixture.CALLER, null, 0, 1000)))
                .extracting(AuditRow::runId)
                .containsExactlyElementsOf(runs.subList(0, 1000));
    }

    private void hold(UUID run) {
        queue.in(() -> queue.get(HoldRuns.class).execute(Fixture.CALLER, List.of(Order.of(run))));
    }

    private void forge(int seq) {
        AuditRow row = page(ALICE).get(seq - 1);
        AuditHead.Place place = ledger.head(ALICE).place();
        queue.tamper("delete from " + RECORD + seq);
        insert(Chain.sealed(
                place,
                new AuditRow(
                        row.seq(),
                        row.eventId(),
                        row.eventType(),
                        "mallory",
                        row.createdAtMs(),
                        row.runId(),
                        row.payload(),
                        row.prevHash(),
                        "")));
    }

    private void insert(AuditRow row) {
        queue.tamper("insert into leasehold.audit_record values ('" + ACME + "', " + row.seq() + ", '" + row.eventId()
                + "', '" + row.eventType() + "', '" + row.actor() + "', " + row.createdAtMs() + ", null, '"
                + row.payload() + "', " + quoted(row.prevHash()) + ", '" + row.recordHash() + "')");
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : "'" + text + "'";
    }

    private static Verification broken(long checked, long seq, Kind kind) {
        return new Verification(checked, new Violation(seq, kind));
    }

    private List<AuditRow> page(Caller caller) {
        return queue.in(() -> ledger.page(caller, null, 0, 100));
    }

    private void append(String eventId, long at, String type, String payload) {
        AuditStatement statement = queue.get(AuditStatement.class);
        queue.in(() -> queue.get(QueueSession.class).work(connection -> {
            AuditHead head = statement.lock(connection, ACME);
            AuditRow row =
                    new AuditRow(head.seq() + 1, eventId, type, "alice", at, null, payload, head.recordHash(), "");
            return statement.append(connection, ACME, List.of(Chain.sealed(head.place(), row)));
        }));
    }
}
