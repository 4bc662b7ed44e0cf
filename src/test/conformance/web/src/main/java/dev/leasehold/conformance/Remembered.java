package dev.leasehold.conformance;

import dev.leasehold.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;

/** What the kit must know again after it was killed: the clock and the settings, in a file of the data folder. */
@ApplicationScoped
public class Remembered {

    @Inject
    Settings settings;

    /** A file of the kit in the data folder, which is made if need be. */
    Path file(String name) {
        try {
            return Files.createDirectories(settings.dataFolder()).resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was stored last; nothing at first. */
    synchronized Properties read() {
        Properties properties = new Properties();
        Path file = file("conformance.properties");
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }

    /** Stores values beside those that are there. A killed process leaves either the old file or the new one. */
    synchronized void add(Map<String, String> values) {
        Properties properties = read();
        properties.putAll(values);
        store(properties);
    }

    /** Forgets every value whose key begins so. */
    synchronized void forget(String prefix) {
        Properties properties = read();
        properties.keySet().removeIf(key -> key.toString().startsWith(prefix));
        store(properties);
    }

    private void store(Properties properties) {
        Path next = file("conformance.properties.next");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(next)) {
                properties.store(out, null);
            }
            Files.move(
                    next,
                    file("conformance.properties"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
