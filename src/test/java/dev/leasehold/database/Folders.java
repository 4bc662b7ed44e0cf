package dev.leasehold.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copies and deletes folders. */
public final class Folders {

    private Folders() {}

    /** Copies what is in a folder, into one that may have some of it. */
    public static void copy(Path from, Path to) throws IOException {
        for (Path file : within(from)) {
            Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes a folder, if there is one, and all that is in it. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path file :
                    within(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<Path> within(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        }
    }
}
