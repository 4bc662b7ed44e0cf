package dev.leasehold.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Golden;
import dev.leasehold.sql.catalog.Catalog.Ages;
import dev.leasehold.sql.catalog.Catalog.Counts;
import dev.leasehold.sql.catalog.Catalog.Holder;
import dev.leasehold.sql.catalog.Catalog.IndexState;
import dev.leasehold.sql.catalog.Catalog.Prepared;
import dev.leasehold.sql.catalog.Catalog.Role;
import dev.leasehold.sql.catalog.Catalog.Setting;
import dev.leasehold.sql.catalog.Catalog.Slot;
import dev.leasehold.sql.catalog.Catalog.TableState;
import dev.leasehold.sql.catalog.ExpectedIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows and what is found in them. */
class RulesTest {

    private static final Role ROLE = new Role("App", "db", true);

    private static Holder holder(int pid, boolean standby, long age, Duration open) {
        return new Holder(pid, "db", "app", "report", "active", standby, age, open);
    }

    @ParameterizedTest
    @CsvSource({
        "99999, 59, OK",
        "99999, 60, WARNING",
        "100000, 0, WARNING",
        "0, 1799, WARNING",
        "0, 1800, CRITICAL",
        "9999999, 1, WARNING",
        "10000000, 1, CRITICAL",
        "99999, , OK",
        "100000, , WARNING"
    })
    void aSnapshotIsJudgedByTimeAndByTransactions(long age, Long seconds, Severity severity) {
        Duration open = seconds == null ? null : Duration.ofSeconds(seconds);
        Finding found = Snapshots.sessions(List.of(holder(7, false, age, open))).get(0);
        assertThat(found.code()).isEqualTo(Code.OLD_SNAPSHOT);
        assertThat(found.severity()).isEqualTo(severity);
        assertThat(found.mend()).isEqualTo(severity == Severity.OK ? null : "select pg_terminate_backend(7);");
        assertThat(found.detail().containsKey("open_secs")).isEqualTo(open != null);
    }

    @Test
    void allThatStayTooLongAreNamedAndElseTheOldest() {
        Holder old = holder(1, false, 500_000, null);
        Holder older = holder(2, false, 600_000, null);
        Holder young = holder(3, false, 5, null);
        assertThat(Snapshots.sessions(List.of(older, old, young)))
                .extracting(Finding::mend)
                .containsExactly("select pg_terminate_backend(2);", "select pg_terminate_backend(1);", null);
        Finding oldest = Snapshots.sessions(List.of(young)).get(0);
        assertThat(oldest.detail()).containsEntry("pid", 3);
        assertThat(oldest.severity()).isEqualTo(Severity.OK);
    }

    @Test
    void aStandbyIsMendedThere() {
        List<Finding> found = Snapshots.sessions(List.of(holder(7, true, 500_000, Duration.ofDays(30))));
        assertThat(found).extracting(Finding::code).containsExactly(Code.OLD_SNAPSHOT, Code.STANDBY_FEEDBACK);
        assertThat(found.get(0).severity()).isEqualTo(Severity.OK);
        assertThat(found.get(1).severity()).isEqualTo(Severity.WARNING);
        assertThat(found.get(1).seen()).contains("the standby report (mend it there)");
        assertThat(found.get(1).mend()).startsWith("alter system set hot_standby_feedback = off;");
    }

    @Test
    void aPreparedTransactionAndASlotHoldRowsToo() {
        Finding prepared = Snapshots.prepared(List.of(new Prepared("it's", "db", "app", 5, Duration.ofMinutes(1))))
                .get(0);
        assertThat(prepared.severity()).isEqualTo(Severity.WARNING);
        assertThat(prepared.mend()).isEqualTo("rollback prepared 'it''s';");
        assertThat(prepared.detail()).containsEntry("database", "db").containsEntry("user", "app");
        assertThat(Snapshots.slots(List.of(new Slot("gone", null, 100_000)))
                        .get(0)
                        .mend())
                .isEqualTo("select pg_drop_replication_slot('gone');");
        assertThat(Snapshots.slots(List.of(new Slot("used", 9, 100_000))).get(0).mend())
                .contains("hot_standby_feedback = off");
        assertThat(Snapshots.slots(List.of()).get(0).severity()).isEqualTo(Severity.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 99999, OK",
        "0, 100000, WARNING",
        "100000, 100000, OK",
        "99999, 100000, WARNING",
        "0, 10000000, CRITICAL"
    })
    void deadRowsAreMeasuredByThoseThatLive(long live, long dead, Severity severity) {
        Instant at = Instant.EPOCH;
        Finding found = Tables.judge(List.of(new TableState("run", live, dead, at, at, null)))
                .get(0);
        assertThat(found.code()).isEqualTo(Code.DEAD_TUPLES);
        assertThat(found.severity()).isEqualTo(severity);
        assertThat(found.mend()).isEqualTo(severity == Severity.OK ? null : "vacuum (analyze) leasehold.run;");
    }

    @ParameterizedTest
    @CsvSource({"9999, false, OK", "10000, false, WARNING", "10000, true, OK"})
    void aLargeTableIsAnalyzed(long live, boolean analyzed, Severity severity) {
        Instant at = analyzed ? Instant.EPOCH : null;
        assertThat(Tables.judge(List.of(new TableState("run", live, 0, null, at, "true")))
                        .get(1)
                        .severity())
                .isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({"false, CRITICAL", "off, CRITICAL", "true, OK"})
    void aTableMayBeLeftOut(String autovacuum, Severity severity) {
        Finding found = Tables.judge(List.of(new TableState("run", 0, 0, null, null, autovacuum)))
                .get(2);
        assertThat(found.code()).isEqualTo(Code.TABLE_AUTOVACUUM);
        assertThat(found.severity()).isEqualTo(severity);
    }

    @Test
    void anIndexThatIsBeingBuiltIsLeftAlone() {
        ExpectedIndex claim = new ExpectedIndex("run", "run_claim", "-", "CREATE INDEX run_claim ON leasehold.run (x)");
        List<Finding> found = Indexes.judge(List.of(claim), List.of(new IndexState("run_claim", false, true)));
        assertThat(found).extracting(Finding::severity).containsExactly(Severity.OK, Severity.OK);
        assertThat(found.get(1).seen()).isEqualTo("run_claim is being built");
    }

    @Test
    void anInvalidUniqueIndexIsCritical() {
        ExpectedIndex key = new ExpectedIndex("run", "k", "u", "CREATE UNIQUE INDEX k ON leasehold.run (x)");
        assertThat(Indexes.judge(List.of(key), List.of(new IndexState("k", false, false)))
                        .get(1)
                        .severity())
                .isEqualTo(Severity.CRITICAL);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, false, OK",
        "1000, 0, false, OK",
        "1001, 0, false, WARNING",
        "-1001, 0, false, WARNING",
        "0, 1000, false, OK",
        "0, -1001, false, WARNING",
        "0, 5000, false, WARNING",
        "0, -5001, false, CRITICAL",
        "0, 0, true, CRITICAL"
    })
    void clocksAreJudgedByWhatDecisionsAllow(long ahead, long uncorrected, boolean behind, Severity severity) {
        assertThat(Clocks.judge(Duration.ofMillis(ahead), Duration.ofMillis(uncorrected), behind)
                        .severity())
                .isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({"499, OK", "500, WARNING", "5000, CRITICAL"})
    void aConnectionIsWaitedFor(long millis, Severity severity) {
        Finding found = Capacity.waited(Duration.ofMillis(millis), "java:app/jdbc/Leasehold");
        assertThat(found.severity()).isEqualTo(severity);
        assertThat(found.detail()).containsEntry("waited_secs", Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"79, OK", "80, WARNING", "94, WARNING", "95, CRITICAL"})
    void connectionsAreCountedAgainstThoseForEverybody(long taken, Severity severity) {
        Map<String, Setting> settings = Map.of(
                "max_connections", new Setting("max_connections", "103", "default"),
                "superuser_reserved_connections", new Setting("superuser_reserved_connections", "3", "default"));
        Finding found = Capacity.connections(new Counts(taken, 5), settings);
        assertThat(found.severity()).isEqualTo(severity);
        assertThat(found.seen()).isEqualTo(taken + " of 100 connections are taken, 5 by our role");
        assertThat(found.mend())
                .isEqualTo(
                        severity == Severity.OK
                                ? null
                                : "alter system set max_connections = 206; -- and restart the server");
    }

    @ParameterizedTest
    @CsvSource({"999999999, 0, OK", "1000000000, 0, WARNING", "1600000000, 0, CRITICAL", "0, 1000000000, WARNING"})
    void idsRunOut(long transactions, long multixacts, Severity severity) {
        assertThat(Capacity.ages(new Ages(transactions, multixacts)).severity()).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({"14, CRITICAL", "15, OK"})
    void anOldServer(int major, Severity severity) {
        assertThat(Capacity.version(major + ".1", major).severity()).isEqualTo(severity);
    }

    @Test
    void oneProcessMayAnswerManyConnectionsButOneConnectionIsAnsweredByOne() {
        assertThat(Capacity.pooler(Set.of(7)).severity()).isEqualTo(Severity.OK);
        assertThat(Capacity.pooler(Set.of(7, 8)).severity()).isEqualTo(Severity.CRITICAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            default            | alter system set fsync = on; select pg_reload_conf();
            configuration file | alter system set fsync = on; select pg_reload_conf();
            database           | alter database db reset fsync;
            user               | alter role "App" reset fsync;
            database user      | alter role "App" in database db reset fsync;
            client             | -c fsync=on among the options of the data source's connections
            command line       | start the server with -c fsync=on
            """)
    void aParameterIsUndoneWhereItWasDone(String source, String mend) {
        Finding found = judged("fsync", "off", source).get(0);
        assertThat(found.code()).isEqualTo(Code.FSYNC);
        assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(String.valueOf(found.mend()).replace("\n", " ")).isEqualTo(mend);
    }

    private static List<Finding> judged(String name, String value, String source) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        settings.put(Parameters.LOCK, new Setting(Parameters.LOCK, "2000", "client"));
        settings.put(Parameters.STATEMENT, new Setting(Parameters.STATEMENT, "0", "default"));
        settings.put(name, new Setting(name, value, source));
        return new Parameters(settings, ROLE).judge();
    }

    @ParameterizedTest
    @CsvSource({
        "synchronous_commit, local, 0, OK",
        "synchronous_commit, off, 0, CRITICAL",
        "autovacuum, off, 0, CRITICAL",
        "full_page_writes, off, 0, CRITICAL",
        "track_counts, off, 0, CRITICAL",
        "lock_timeout, 0, 0, WARNING",
        "lock_timeout, 1, 0, OK",
        "statement_timeout, 0, 1, WARNING",
        "statement_timeout, 4999, 1, WARNING",
        "statement_timeout, 5000, 1, OK"
    })
    void parameters(String name, String value, int place, Severity severity) {
        assertThat(judged(name, value, "default").get(place).severity()).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "500, CRITICAL"})
    void h2MayAnswerBeforeItWrites(int millis, Severity severity) {
        assertThat(Embedded.delay(millis).severity()).isEqualTo(severity);
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeIsDocumented(Code code) {
        assertThat(Golden.read("docs/operations.md").contains("| `" + code.word() + "` |"))
                .as("docs/operations.md has a row for " + code.word())
                .isTrue();
    }
}
