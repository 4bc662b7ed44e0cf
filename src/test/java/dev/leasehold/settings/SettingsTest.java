package dev.leasehold.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {

    /** Every number, its default and its bounds. */
    private enum Bound {
        WORKER_THREADS("leasehold.worker-threads", 8, 0, 1000, Settings::workerThreads),
        DEFAULT_MAX_ATTEMPTS("leasehold.default-max-attempts", 5, 1, 1000, Settings::defaultMaxAttempts),
        LEASE("leasehold.lease-secs", 30, 3, 86_400, settings ->
                (int) settings.lease().toSeconds()),
        PROMOTE("leasehold.promote-secs", 1, 1, 60, settings ->
                (int) settings.promoteEvery().toSeconds()),
        POLL("leasehold.poll-secs", 1, 1, 60, settings ->
                (int) settings.pollEvery().toSeconds()),
        START_WAIT("leasehold.start-wait-secs", 60, 0, 3600, settings ->
                (int) settings.startWait().toSeconds());

        private final String key;
        private final int usual;
        private final int least;
        private final int most;

        @SuppressWarnings("ImmutableEnumChecker") // method references
        private final Function<Settings, Integer> value;

        Bound(String key, int usual, int least, int most, Function<Settings, Integer> value) {
            this.key = key;
            this.usual = usual;
            this.least = least;
            this.most = most;
            this.value = value;
        }

        int with(String text) {
            return value.apply(settings(key, text));
        }
    }

    private static Settings settings(String key, String value) {
        return new Settings(Map.of(key, value)::get);
    }

    private static Settings none() {
        return new Settings(key -> null);
    }

    @ParameterizedTest
    @EnumSource(Bound.class)
    void aNumberHasItsDefaultAndIsTakenUpToItsBounds(Bound bound) {
        assertThat(bound.value.apply(none())).isEqualTo(bound.usual);
        assertThat(bound.with(" ")).isEqualTo(bound.usual);
        assertThat(bound.with(String.valueOf(bound.least))).isEqualTo(bound.least);
        assertThat(bound.with(" " + bound.most + " ")).isEqualTo(bound.most);
    }

    @ParameterizedTest
    @EnumSource(Bound.class)
    void aNumberBeyondItsBoundsIsRefusedInOneLine(Bound bound) {
        String least = String.valueOf(bound.least - 1);
        String most = String.valueOf(bound.most + 1);
        for (String bad : new String[] {least, most, "x", "1.5", "1e3", "99999999999", "0x10", "-"}) {
            String message = bound.key + " is '" + bad + "', but must be a whole number from " + bound.least + " to "
                    + bound.most;
            assertThatThrownBy(() -> bound.with(bad))
                    .isInstanceOf(InvalidSetting.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> settings(bound.key, bad).check())
                    .isInstanceOf(InvalidSetting.class)
                    .hasMessage(message);
        }
    }

    @Test
    void aMessageStaysOneLineWhateverTheValue() {
        assertThatThrownBy(() -> settings("leasehold.lease-secs", "1\n2\r3").lease())
                .hasMessage("leasehold.lease-secs is '1 2 3', but must be a whole number from 3 to 86400");
    }

    @Test
    void theDefaultsAreThoseOfTheManual() {
        Settings settings = none();

        settings.check();
        assertThat(settings.dataSource()).isEqualTo("java:app/jdbc/Leasehold");
        assertThat(settings.databaseUser()).isEqualTo("sa");
        assertThat(settings.databasePassword()).isEmpty();
        assertThat(settings.node()).isEqualTo("node");
        assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.dataFolder()).isAbsolute().endsWithRaw(Path.of("leasehold"));
        assertThat(settings.databaseUrl())
                .isEqualTo("jdbc:h2:file:" + settings.dataFolder().resolve("leasehold") + ";WRITE_DELAY=0");
    }

    @Test
    void dutiesAreDoneByTimersUnlessByHand() {
        assertThat(none().dutiesByTimer()).isTrue();
        assertThat(settings("leasehold.duties", "manual").dutiesByTimer()).isFalse();
        assertThatThrownBy(() -> settings("leasehold.duties", "none").check())
                .hasMessage("leasehold.duties is 'none', but must be timers or manual");
    }

    @Test
    void textsAreTakenAsTheyAre() {
        assertThat(settings("leasehold.datasource", "java:/x").dataSource()).isEqualTo("java:/x");
        assertThat(settings("leasehold.database-url", "jdbc:x").databaseUrl()).isEqualTo("jdbc:x");
        assertThat(settings("leasehold.database-user", "me").databaseUser()).isEqualTo("me");
        assertThat(settings("leasehold.database-password", "s").databasePassword())
                .isEqualTo("s");
        assertThat(settings("leasehold.data-folder", "/data").databaseUrl())
                .isEqualTo("jdbc:h2:file:/data/leasehold;WRITE_DELAY=0");
    }

    @Test
    void aNodesNameIsItsOwnOrTheServersAndWithinItsBounds() {
        String longest = "n".repeat(128);
        assertThat(settings("leasehold.node", "a-B_9.:x").node()).isEqualTo("a-B_9.:x");
        assertThat(settings("leasehold.node", longest).node()).isEqualTo(longest);
        assertThat(settings("jboss.node.name", "wildfly").node()).isEqualTo("wildfly");
        for (String bad : new String[] {longest + "n", "a b", "ü", "a/b"}) {
            assertThatThrownBy(() -> settings("leasehold.node", bad).check())
                    .isInstanceOf(InvalidSetting.class)
                    .hasMessage("leasehold.node is '" + bad + "', but must be 1 to 128 of letters, digits and . _ : -");
        }
    }

    @Test
    void aSystemPropertyIsReadUnderItsOwnName() {
        String before = System.setProperty("leasehold.lease-secs", "77");
        try {
            assertThat(Settings.ofProcess().lease()).isEqualTo(Duration.ofSeconds(77));
        } finally {
            if (before == null) {
                System.clearProperty("leasehold.lease-secs");
            } else {
                System.setProperty("leasehold.lease-secs", before);
            }
        }
    }
}
