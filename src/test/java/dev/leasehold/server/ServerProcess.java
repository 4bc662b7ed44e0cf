package dev.leasehold.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A server of its own, in a process of its own, with the built EAR deployed. */
public final class ServerProcess implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("leasehold.test.server"));
    private static final int HTTP = 8080;

    private final Path base;
    private final int offset;
    private final String[] settings;
    private final Process process;

    private ServerProcess(Path base, int offset, String... settings) throws IOException {
        this.base = base;
        this.offset = offset;
        this.settings = settings;
        this.process = new ProcessBuilder(command(base, offset, settings))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        base.resolve("console.log").toFile()))
                .start();
    }

    /** Starts one whose ports are that far from the usual ones; does not wait for it. */
    static ServerProcess start(int offset, String... settings) {
        return start(Path.of(System.getProperty("leasehold.test.ear")), offset, settings);
    }

    /** Starts one with another EAR; does not wait for it. */
    public static ServerProcess start(Path ear, int offset, String... settings) {
        try {
            Path base = Files.createTempDirectory("leasehold-server");
            copy(HOME.resolve("standalone/configuration"), base.resolve("configuration"));
            Path deployments = Files.createDirectories(base.resolve("deployments"));
            Files.copy(ear, deployments.resolve("leasehold.ear"));
            Files.createFile(deployments.resolve("leasehold.ear.dodeploy"));
            return new ServerProcess(base, offset, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path base, int offset, String... settings) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(List.of(settings));
        command.addAll(List.of(
                "-Dorg.jboss.boot.log.file=" + base.resolve("boot.log"),
                "-Dlogging.configuration=file:" + base.resolve("configuration/logging.properties"),
                "-jar",
                HOME.resolve("jboss-modules.jar").toString(),
                "-mp",
                HOME.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + HOME,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.socket.binding.port-offset=" + offset));
        return command;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Kills it without warning, and starts it again where it stood; does not wait for it. */
    public ServerProcess again() {
        close();
        try {
            return new ServerProcess(base, offset, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Api api() {
        return api("leasehold");
    }

    /** A client of one of its contexts. */
    public Api api(String context) {
        return new Api(URI.create("http://localhost:" + (HTTP + offset) + "/" + context + "/"));
    }

    /** The lines that the server logged and that contain the text. */
    List<String> logged(String text) {
        try (Stream<String> lines = Files.lines(base.resolve("console.log"))) {
            return lines.filter(line -> line.contains(text)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
