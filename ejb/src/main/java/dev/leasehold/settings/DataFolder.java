package dev.leasehold.settings;

import java.nio.file.Path;
import java.util.List;

/** Reads {@code leasehold.data-folder}; when not set it is a folder in the server's own. */
final class DataFolder {

    private static final List<String> SERVER_DATA =
            List.of("jboss.server.data.dir", "com.sun.aas.instanceRoot", "wlp.server.dir", "user.dir");

    private DataFolder() {}

    static Path of(Values values) {
        String server = SERVER_DATA.stream()
                .map(System::getProperty)
                .filter(folder -> folder != null && !folder.isBlank())
                .findFirst()
                .orElse(".");
        String usual = Path.of(server, "leasehold").toString();
        return Path.of(values.text("leasehold.data-folder", usual)).toAbsolutePath();
    }
}
