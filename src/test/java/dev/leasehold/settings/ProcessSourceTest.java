package dev.leasehold.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MicroProfile Config is compiled here and seen by one class loader only, as on a server that has it. */
class ProcessSourceTest {

    private static final String KEY = "leasehold.lease-secs";

    @TempDir
    private Path folder;

    private ClassLoader before;

    @BeforeEach
    void keep() {
        before = Thread.currentThread().getContextClassLoader();
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
        System.clearProperty(KEY);
    }

    @Test
    void aPropertyComesBeforeTheEnvironmentAndThatBeforeTheServer() {
        UnaryOperator<String> property = Map.of(KEY, "3")::get;
        UnaryOperator<String> variable = Map.of("LEASEHOLD_LEASE_SECS", "4")::get;
        UnaryOperator<String> server = Map.of(KEY, "5")::get;

        assertThat(new ProcessSource(property, variable, server).apply(KEY)).isEqualTo("3");
        assertThat(new ProcessSource(ProcessSourceTest::nothing, variable, server).apply(KEY))
                .isEqualTo("4");
        assertThat(new ProcessSource(ProcessSourceTest::nothing, ProcessSourceTest::nothing, server).apply(KEY))
                .isEqualTo("5");
        assertThat(new ProcessSource(ProcessSourceTest::nothing, ProcessSourceTest::nothing, ProcessSourceTest::nothing)
                        .apply(KEY))
                .isNull();
    }

    @Test
    void aSystemPropertyIsReadUnderItsOwnNameWheneverItIsAskedFor() {
        Settings settings = Settings.ofProcess();

        System.setProperty(KEY, "77");
        assertThat(settings.lease()).hasSeconds(77);
        System.setProperty(KEY, "78");
        assertThat(settings.lease()).hasSeconds(78);
    }

    @Test
    void aServerWithoutMicroProfileConfigHasNothing() {
        assertThat(MicroProfileConfig.seenBy(before).apply(KEY)).isNull();
        assertThat(MicroProfileConfig.seenBy(null).apply(KEY)).isNull();
        Thread.currentThread().setContextClassLoader(null);
        assertThat(Settings.ofProcess().lease()).hasSeconds(30);
    }

    @Test
    void aServersMicroProfileConfigIsFoundThroughTheThread() throws IOException {
        Thread.currentThread()
                .setContextClassLoader(server("return key.equals(\"" + KEY
                        + "\") ? java.util.Optional.of(type.cast(\"99\"))" + " : java.util.Optional.empty();"));
        Settings settings = Settings.ofProcess();

        assertThat(settings.lease()).hasSeconds(99);
        assertThat(settings.httpLease()).hasSeconds(60);
        System.setProperty(KEY, "77");
        assertThat(settings.lease()).hasSeconds(77);
    }

    @Test
    void aServerWhoseConfigCannotBeHadHasNothing() throws IOException {
        ClassLoader server = compiled("throw new IllegalStateException(\"not now\");");

        assertThat(MicroProfileConfig.seenBy(server).apply(KEY)).isNull();
    }

    @Test
    void aValueThatTheServerCannotReadIsNamed() throws IOException {
        ClassLoader server = server("throw new java.util.NoSuchElementException(\"no ${x}\");");

        assertThatThrownBy(() -> MicroProfileConfig.seenBy(server).apply(KEY))
                .hasMessage(
                        KEY + " cannot be read from MicroProfile Config: java.util.NoSuchElementException: no ${x}");
    }

    private static String nothing(String key) {
        return null;
    }

    private ClassLoader server(String getOptionalValue) throws IOException {
        return compiled(
                "return new Config() { public <T> java.util.Optional<T> getOptionalValue(String key, Class<T> type) {"
                        + getOptionalValue + "}};");
    }

    private ClassLoader compiled(String getConfig) throws IOException {
        Path source = folder.resolve("org/eclipse/microprofile/config");
        Files.createDirectories(source);
        Path config = Files.writeString(
                source.resolve("Config.java"),
                "package org.eclipse.microprofile.config; public interface Config {"
                        + " <T> java.util.Optional<T> getOptionalValue(String key, Class<T> type); }");
        Path provider = Files.writeString(
                source.resolve("ConfigProvider.java"),
                "package org.eclipse.microprofile.config; public final class ConfigProvider {"
                        + " public static Config getConfig() {" + getConfig + "} }");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", config.toString(), provider.toString());
        assertThat(result).as("javac").isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, before);
    }
}
