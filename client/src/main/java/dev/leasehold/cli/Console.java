package dev.leasehold.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a command reads and writes. */
record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

    /** This process's own, in UTF-8. */
    static Console ofProcess() {
        return new Console(System.in, stream(FileDescriptor.out), stream(FileDescriptor.err), System.getenv());
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
