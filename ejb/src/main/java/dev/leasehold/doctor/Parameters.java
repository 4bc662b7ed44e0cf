package dev.leasehold.doctor;

import dev.leasehold.sql.catalog.Catalog.Role;
import dev.leasehold.sql.catalog.Catalog.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server's parameters as our connections have them. */
final class Parameters {

    static final String LOCK = "lock_timeout";
    static final String STATEMENT = "statement_timeout";

    /** What the default data source sets. */
    private static final String LOCK_BOUND = "2s";

    private static final String STATEMENT_BOUND = "50s";

    private static final long LEAST_STATEMENT_MILLIS = 5_000;
    private static final String OFF = "off";

    private record Switch(Code code, Severity severity) {
        String name() {
            return code.word();
        }
    }

    private static final List<Switch> SWITCHES = List.of(
            new Switch(Code.FSYNC, Severity.CRITICAL),
            new Switch(Code.FULL_PAGE_WRITES, Severity.CRITICAL),
            new Switch(Code.SYNCHRONOUS_COMMIT, Severity.CRITICAL),
            new Switch(Code.TRACK_COUNTS, Severity.CRITICAL),
            new Switch(Code.AUTOVACUUM, Severity.CRITICAL));

    static final List<String> NAMES = Stream.concat(SWITCHES.stream().map(Switch::name), Stream.of(LOCK, STATEMENT))
            .toList();

    private final Map<String, Setting> settings;
    private final Role role;

    Parameters(Map<String, Setting> settings, Role role) {
        this.settings = settings;
        this.role = role;
    }

    /** Of those that the server knows. */
    List<Finding> judge() {
        return Stream.concat(
                        SWITCHES.stream()
                                .filter(one -> settings.containsKey(one.name()))
                                .map(this::on),
                        Stream.of(lock(), statement()))
                .toList();
    }

    private Finding on(Switch one) {
        Setting setting = known(one.name());
        return Finding.of(
                one.code(),
                setting.value().equals(OFF) ? one.severity() : Severity.OK,
                one.name() + " is " + setting.value(),
                detail(setting),
                reset(setting, "on"));
    }

    private Finding lock() {
        Setting setting = known(LOCK);
        boolean endless = millis(setting) == 0;
        return Finding.of(
                Code.LOCK_TIMEOUT,
                endless ? Severity.WARNING : Severity.OK,
                "our connections wait for a lock " + (endless ? "without a bound" : millis(setting) + " ms at most"),
                detail(setting).put("millis", millis(setting)),
                bound(setting, LOCK_BOUND));
    }

    private Finding statement() {
        Setting setting = known(STATEMENT);
        long millis = millis(setting);
        return Finding.of(
                Code.STATEMENT_TIMEOUT,
                millis < LEAST_STATEMENT_MILLIS ? Severity.WARNING : Severity.OK,
                "the server gives our statements " + (millis == 0 ? "any time" : millis + " ms"),
                detail(setting).put("millis", millis),
                bound(setting, STATEMENT_BOUND));
    }

    /** What a connection says itself counts before what its role has. */
    private String bound(Setting setting, String wanted) {
        return ofClient(setting)
                ? option(setting.name(), wanted)
                : "alter role " + Words.name(role.name()) + " in database " + Words.name(role.database()) + " set "
                        + setting.name() + " = " + Words.text(wanted) + ";";
    }

    private static boolean ofClient(Setting setting) {
        return setting.source().equals("client") || setting.source().equals("session");
    }

    private static String option(String name, String wanted) {
        return "-c " + name + "=" + wanted + " among the options of the data source's connections";
    }

    /** Undone where it was done. */
    private @Nullable String reset(Setting setting, String wanted) {
        String user = Words.name(role.name());
        String database = Words.name(role.database());
        return switch (setting.source()) {
            case "database" -> "alter database " + database + " reset " + setting.name() + ";";
            case "user" -> "alter role " + user + " reset " + setting.name() + ";";
            case "database user" ->
                "alter role " + user + " in database " + database + " reset " + setting.name() + ";";
            case "global" -> "alter role all reset " + setting.name() + ";";
            case "client", "session" -> option(setting.name(), wanted);
            case "command line" -> "start the server with -c " + setting.name() + "=" + wanted;
            default -> "alter system set " + setting.name() + " = " + wanted + ";\nselect pg_reload_conf();";
        };
    }

    private Setting known(String name) {
        Setting setting = settings.get(name);
        return setting == null ? new Setting(name, "0", "default") : setting;
    }

    private static Detail detail(Setting setting) {
        return new Detail().put("value", setting.value()).put("source", setting.source());
    }

    private static long millis(Setting setting) {
        return Long.parseLong(setting.value());
    }
}
