package dev.leasehold.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files in the source tree that a test generates; {@code -Dleasehold.write-golden=true} writes them anew. */
public final class Golden {

    private Golden() {}

    /** The file, given from the project's root, must read like this. */
    public static void matches(String file, String text) {
        Path path = root().resolve(file);
        try {
            if (Boolean.getBoolean("leasehold.write-golden")) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, text);
            }
            assertThat(Files.exists(path)).as("%s exists", path).isTrue();
            assertThat(text)
                    .as("%s; run with -Dleasehold.write-golden=true to accept", file)
                    .isEqualTo(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the file says, given from the project's root. */
    public static String read(String file) {
        try {
            return Files.readString(root().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where that stands, given from the project's root. */
    public static Path path(String file) {
        return root().resolve(file);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not within the project");
            }
        }
        return folder;
    }
}
