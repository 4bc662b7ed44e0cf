package dev.leasehold.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What has the process of a server start sooner, and changes nothing else: the first compiler alone, the collector with
 * the least threads, and an archive of the classes that were loaded before. The first server that was of use and ends
 * leaves the archive; a process to which it does not apply does without.
 */
final class QuickStart {

    private static final String RECORD = "-XX:+RecordDynamicDumpInfo";
    private static final Path ARCHIVE = Path.of(
            System.getProperty("leasehold.test.folder"), System.getProperty("arquillian.launch") + "-classes.jsa");

    private QuickStart() {}

    /** Without the archive, which cannot be had of a process that has an agent, as Payara has. */
    static List<String> options() {
        return List.of(Server.QUICK_START, "-XX:+UseSerialGC", "-XX:MetaspaceSize=192m", "-Xmn192m");
    }

    static List<String> withArchive() {
        List<String> options = new ArrayList<>(options());
        options.add(Files.exists(ARCHIVE) ? "-XX:SharedArchiveFile=" + ARCHIVE : RECORD);
        return options;
    }

    /** Whether a process that began with these options could leave the archive, and there is none. */
    static boolean wantsArchive(List<String> options) {
        return options.contains(RECORD) && Files.notExists(ARCHIVE);
    }

    /** Has a process that began with these options leave the archive of its classes. */
    static void leaveArchive(Process process) {
        Path file = ARCHIVE.resolveSibling(process.pid() + ".jsa");
        try {
            new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            String.valueOf(process.pid()),
                            "VM.cds",
                            "dynamic_dump",
                            file.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
            if (Files.exists(file)) {
                Files.move(file, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
