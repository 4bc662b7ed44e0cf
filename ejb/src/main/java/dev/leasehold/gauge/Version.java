package dev.leasehold.gauge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote into this archive. */
final class Version {

    private static final String FILE = "/META-INF/maven/dev.leasehold/leasehold-ejb/pom.properties";

    private Version() {}

    /** Classes that were not packed have none. */
    static String read() {
        try (InputStream in = Version.class.getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unpacked");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
