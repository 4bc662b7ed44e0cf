package dev.leasehold.doctor;

import dev.leasehold.sql.catalog.Catalog.Holder;
import dev.leasehold.sql.catalog.Catalog.Prepared;
import dev.leasehold.sql.catalog.Catalog.Slot;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who keeps vacuum from removing dead rows: judged by how long, and by how many transactions began meanwhile. */
final class Snapshots {

    static final Duration LONG = Duration.ofMinutes(1);
    static final Duration VERY_LONG = Duration.ofMinutes(30);
    static final long MANY = 100_000;
    static final long VERY_MANY = 10_000_000;

    private record Held(String who, long age, @Nullable Duration open, Detail detail, String mend) {

        Severity severity() {
            Severity byTime =
                    open == null ? Severity.OK : Severity.of(open.toMillis(), LONG.toMillis(), VERY_LONG.toMillis());
            return byTime.or(Severity.of(age, MANY, VERY_MANY));
        }

        Finding finding(Code code) {
            String seen = who + " keeps what is " + Words.count(age) + " transactions old";
            return Finding.of(
                    code,
                    severity(),
                    open == null ? seen : seen + ", open for " + Words.seconds(open),
                    detail.put("age_transactions", age).put("open_secs", open),
                    mend);
        }
    }

    private Snapshots() {}

    static List<Finding> sessions(List<Holder> all) {
        return Stream.concat(
                        judged(
                                Code.OLD_SNAPSHOT,
                                all.stream().filter(one -> !one.standby()).map(Snapshots::session)),
                        judged(
                                Code.STANDBY_FEEDBACK,
                                all.stream().filter(Holder::standby).map(Snapshots::standby)))
                .toList();
    }

    static List<Finding> prepared(List<Prepared> all) {
        return judged(Code.PREPARED_TRANSACTION, all.stream().map(Snapshots::prepared))
                .toList();
    }

    static List<Finding> slots(List<Slot> all) {
        return judged(Code.REPLICATION_SLOT, all.stream().map(Snapshots::slot)).toList();
    }

    /** Those that have stayed too long, or else the oldest, or that there is none. */
    private static Stream<Finding> judged(Code code, Stream<Held> all) {
        List<Held> held = all.toList();
        List<Held> bad =
                held.stream().filter(one -> one.severity() != Severity.OK).toList();
        if (held.isEmpty()) {
            return Stream.of(Finding.ok(code, "nobody keeps old rows this way", new Detail()));
        }
        return (bad.isEmpty() ? held.subList(0, 1) : bad).stream().map(one -> one.finding(code));
    }

    private static Held session(Holder one) {
        String about = Stream.of(part("user ", one.user()), part("application ", one.application()), one.state())
                .filter(word -> word != null && !word.isEmpty())
                .collect(Collectors.joining(", "));
        Detail detail = of(one).put("state", one.state());
        String who = "session " + one.pid() + (about.isEmpty() ? "" : " (" + about + ")");
        return new Held(who, one.age(), one.open(), detail, "select pg_terminate_backend(" + one.pid() + ");");
    }

    private static Held standby(Holder one) {
        return new Held(
                "the standby " + (one.application() == null ? "of process " + one.pid() : one.application())
                        + " (mend it there)",
                one.age(),
                null,
                of(one),
                "alter system set hot_standby_feedback = off;\nselect pg_reload_conf();");
    }

    private static Detail of(Holder one) {
        return new Detail()
                .put("pid", one.pid())
                .put("database", one.database())
                .put("user", one.user())
                .put("application_name", one.application());
    }

    private static @Nullable String part(String word, @Nullable String value) {
        return value == null || value.isEmpty() ? null : word + value;
    }

    private static Held prepared(Prepared one) {
        return new Held(
                "the prepared transaction " + one.gid() + " of " + one.owner() + " in " + one.database(),
                one.age(),
                one.open(),
                new Detail()
                        .put("gid", one.gid())
                        .put("database", one.database())
                        .put("user", one.owner()),
                "rollback prepared " + Words.text(one.gid()) + ";");
    }

    private static Held slot(Slot one) {
        Detail detail = new Detail().put("slot_name", one.name()).put("pid", one.activePid());
        String drop = "select pg_drop_replication_slot(" + Words.text(one.name()) + ");";
        return one.activePid() == null
                ? new Held("the replication slot " + one.name() + ", which nobody uses,", one.age(), null, detail, drop)
                : new Held(
                        "the replication slot " + one.name() + " (mend it on its standby)",
                        one.age(),
                        null,
                        detail,
                        "alter system set hot_standby_feedback = off;\nselect pg_reload_conf();");
    }
}
