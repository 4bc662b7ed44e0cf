package dev.leasehold.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Backoff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static Settings settings(String... keysAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Settings(values::get);
    }

    private static void refused(Settings settings, Consumer<Settings> read, String message) {
        assertThatThrownBy(() -> read.accept(settings))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(message);
        assertThatThrownBy(settings::check).isInstanceOf(InvalidSetting.class).hasMessage(message);
    }

    @ParameterizedTest
    @EnumSource
    void aNumberHasItsDefaultAndIsTakenUpToItsBounds(Bound bound) {
        assertThat(bound.in(settings())).isEqualTo(bound.usual);
        assertThat(bound.in(settings(bound.key, " "))).isEqualTo(bound.usual);
        assertThat(bound.in(bound.settings(bound.least))).isEqualTo(bound.least);
        assertThat(bound.in(bound.settings(" " + bound.most + " "))).isEqualTo(bound.most);
    }

    @ParameterizedTest
    @EnumSource
    void aNumberBeyondItsBoundsIsRefusedInOneLine(Bound bound) {
        List<Object> bad =
                List.of(bound.least - 1, bound.most + 1, "x", "1.5", "1e3", "99999999999", "0x10", "-", "1,2");
        for (Object text : bad) {
            refused(
                    bound.settings(text),
                    bound::in,
                    bound.key + " is '" + text + "', but must be a whole number from " + bound.least + " to "
                            + bound.most);
        }
    }

    @Test
    void aMessageStaysOneLineWhateverTheValue() {
        assertThatThrownBy(() -> settings("leasehold.lease-secs", "1\n2\r3").lease())
                .hasMessage("leasehold.lease-secs is '1 2 3', but must be a whole number from 3 to 86400");
    }

    @Test
    void theDefaultsAreThoseOfTheManual() {
        Settings settings = settings();

        settings.check();
        assertThat(settings.dataSource()).isEqualTo("java:app/jdbc/Leasehold");
        assertThat(settings.databaseUser()).isEqualTo("sa");
        assertThat(settings.databasePassword()).isEmpty();
        assertThat(settings.node()).isEqualTo("node");
        assertThat(settings.queueThreads()).isEmpty();
        assertThat(settings.httpHosts()).isEmpty();
        assertThat(settings.dutiesByTimer()).isTrue();
        assertThat(settings.defaultBackoff()).isEqualTo(Backoff.DEFAULT);
        assertThat(settings.dataFolder()).isAbsolute().endsWithRaw(Path.of("leasehold"));
        assertThat(settings.databaseUrl())
                .isEqualTo("jdbc:h2:file:" + settings.dataFolder().resolve("leasehold")
                        + ";WRITE_DELAY=0;MAX_COMPACT_TIME=0");
    }

    @Test
    void textsAreTakenAsTheyAre() {
        assertThat(settings("leasehold.datasource", "java:/x").dataSource()).isEqualTo("java:/x");
        assertThat(settings("leasehold.executor", "java:/y").executor()).isEqualTo("java:/y");
        assertThat(settings("leasehold.database-url", "jdbc:x").databaseUrl()).isEqualTo("jdbc:x");
        assertThat(settings("leasehold.database-user", "me").databaseUser()).isEqualTo("me");
        assertThat(settings("leasehold.database-password", "s").databasePassword())
                .isEqualTo("s");
        assertThat(settings("leasehold.data-folder", "/data").databaseUrl())
                .isEqualTo("jdbc:h2:file:/data/leasehold;WRITE_DELAY=0;MAX_COMPACT_TIME=0");
    }

    @Test
    void aNodesNameIsItsOwnOrTheServersAndWithinItsBounds() {
        String longest = "n".repeat(128);
        assertThat(settings("leasehold.node", "a-B_9.:x").node()).isEqualTo("a-B_9.:x");
        assertThat(settings("leasehold.node", longest).node()).isEqualTo(longest);
        assertThat(settings("jboss.node.name", "wildfly").node()).isEqualTo("wildfly");
        for (String bad : new String[] {longest + "n", "a b", "ü", "a/b"}) {
            refused(
                    settings("leasehold.node", bad),
                    Settings::node,
                    "leasehold.node is '" + bad + "', but must be 1 to 128 of letters, digits and . _ : -");
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "5, 1", "6, 2", "29, 9", "30, 10", "31, 10", "86400, 10"})
    void aHeartbeatIsByDefaultAtMostAThirdOfTheLease(String lease, long heartbeat) {
        assertThat(settings("leasehold.lease-secs", lease).heartbeatEvery()).hasSeconds(heartbeat);
        settings("leasehold.lease-secs", lease).check();
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 2", "30, 10, 11", "32, 10, 11", "33, 11, 12", "60, 20, 21"})
    void aHeartbeatLongerThanAThirdOfTheLeaseIsRefused(String lease, long most, String beyond) {
        assertThat(settings("leasehold.lease-secs", lease, "leasehold.heartbeat-secs", String.valueOf(most))
                        .heartbeatEvery())
                .hasSeconds(most);
        refused(
                settings("leasehold.lease-secs", lease, "leasehold.heartbeat-secs", beyond),
                Settings::heartbeatEvery,
                "leasehold.heartbeat-secs is '" + beyond + "', but must be a whole number from 1 to 3600, and at most a"
                        + " third of leasehold.lease-secs, which is " + lease);
    }

    @Test
    void aDefaultBackoffIsMadeOfItsParts() {
        Settings settings = settings(
                "leasehold.default-backoff", "linear",
                "leasehold.default-backoff-delay-secs", "7",
                "leasehold.default-backoff-factor", "1.5",
                "leasehold.default-backoff-max-delay-secs", "7",
                "leasehold.default-backoff-jitter", "1");

        settings.check();
        assertThat(settings.defaultBackoff())
                .isEqualTo(new Backoff(Backoff.Strategy.LINEAR, Duration.ofSeconds(7), 1.5, Duration.ofSeconds(7), 1));
        assertThat(settings("leasehold.default-backoff", "fixed")
                        .defaultBackoff()
                        .strategy())
                .isEqualTo(Backoff.Strategy.FIXED);
        assertThat(settings("leasehold.default-backoff-delay-secs", "7200")
                        .defaultBackoff()
                        .maxDelay())
                .isEqualTo(Duration.ofHours(2));
    }

    @Test
    void aLongestDelayBelowTheDelayIsRefused() {
        refused(
                settings("leasehold.default-backoff-max-delay-secs", "4"),
                Settings::defaultBackoff,
                "leasehold.default-backoff-max-delay-secs is '4', but must be a whole number from 0 to 2592000, and not"
                        + " below leasehold.default-backoff-delay-secs, which is 5");
    }

    @ParameterizedTest
    @CsvSource({"factor, 1, 100", "jitter, 0, 1"})
    void aDecimalIsTakenUpToItsBoundsOnly(String part, String least, String most) {
        String key = "leasehold.default-backoff-" + part;
        for (String good : new String[] {least, most, least + ".000000001", " 1 "}) {
            Backoff backoff = settings(key, good).defaultBackoff();
            assertThat(part.equals("factor") ? backoff.factor() : backoff.jitter())
                    .isEqualTo(Double.parseDouble(good));
        }
        for (String bad : new String[] {"-1", most + ".000000001", "NaN", "1e0", "0x1p0", "1d", ".5", "1,0", "x"}) {
            refused(
                    settings(key, bad),
                    Settings::defaultBackoff,
                    key + " is '" + bad + "', but must be a number from " + least + " to " + most);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "leasehold.default-backoff, Fixed, 'exponential, fixed, linear'",
        "leasehold.default-backoff, x, 'exponential, fixed, linear'",
        "leasehold.duties, off, 'timers, manual'",
        "leasehold.metrics, no, 'on, off'",
        "leasehold.notify, true, 'on, off'",
        "leasehold.control, false, 'on, off'"
    })
    void aWordIsOneOfTheListed(String key, String bad, String words) {
        refused(settings(key, bad), Settings::check, key + " is '" + bad + "', but must be one of " + words);
    }

    @Test
    void metricsControlAndNoticesMayBeOff() {
        assertThat(settings("leasehold.control", "off").control()).isFalse();
        assertThat(settings("leasehold.control", "on").control()).isTrue();
        assertThat(settings("leasehold.metrics", "off").metrics()).isFalse();
        assertThat(settings("leasehold.metrics", "on").metrics()).isTrue();
        assertThat(settings("leasehold.notify", "off").notices()).isFalse();
        assertThat(settings("leasehold.notify", "on").notices()).isTrue();
    }

    @Test
    void dutiesMayWaitToBeCalled() {
        assertThat(settings("leasehold.duties", "manual").dutiesByTimer()).isFalse();
        assertThat(settings("leasehold.duties", "timers").dutiesByTimer()).isTrue();
    }

    @Test
    void queuesHaveThreadsOfTheirOwn() {
        String longest = "q".repeat(128);

        assertThat(settings("leasehold.queues", " default:8 ,a:b:0,1:1000," + longest + ":2")
                        .queueThreads())
                .containsExactly(
                        Map.entry("default", 8), Map.entry("a:b", 0), Map.entry("1", 1000), Map.entry(longest, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a:", ":1", "a:1001", "a:-1", "a:x", "a:1,a:2", "a:1,", ",", "a b:1", "ü:1", "a:1;b:2"})
    void queuesThatCannotBeReadAreRefused(String bad) {
        refused(
                settings("leasehold.queues", bad),
                Settings::queueThreads,
                "leasehold.queues is '" + bad + "', but must be name:threads, separated by commas: each queue once, its"
                        + " name 1 to 128 of letters, digits and . _ - :, its threads a whole number from 0 to 1000");
    }

    @Test
    void aChangeIsSeenAtOnce() {
        Map<String, String> values = new HashMap<>();
        Settings settings = new Settings(values::get);

        assertThat(settings.lease()).hasSeconds(30);
        values.put("leasehold.lease-secs", "77");
        assertThat(settings.lease()).hasSeconds(77);
    }
}
