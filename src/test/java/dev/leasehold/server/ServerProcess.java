package dev.leasehold.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A server of its own, in a process of its own, with the built EAR deployed. */
final class ServerProcess implements AutoCloseable {

    private static final Duration BOOT = Duration.ofMinutes(2);

    private final Path base;
    private final int port;
    private final Process process;

    private ServerProcess(Path base, int port, Process process) {
        this.base = base;
        this.port = port;
        this.process = process;
    }

    /** Starts one whose ports are that far from the usual ones, a hundred apart from others; does not wait for it. */
    static ServerProcess start(int offset, String... settings) {
        Server server = Server.current();
        int port = server.httpPort(offset);
        Path pidFile = Path.of(System.getProperty("leasehold.test.folder"), "server-" + port + ".pid");
        try {
            new Leftover(pidFile).end();
            Path base = Files.createTempDirectory("leasehold-server");
            Process process = new ProcessBuilder(server.layOut(base, offset, List.of(settings)))
                    .redirectErrorStream(true)
                    .redirectOutput(base.resolve("console.log").toFile())
                    .start();
            process.getOutputStream().close();
            Files.writeString(pidFile, String.valueOf(process.pid()));
            return new ServerProcess(base, port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Api api() {
        return new Api(URI.create("http://localhost:" + port + "/leasehold/"));
    }

    /** Waits until the application answers, whatever it does: a server's own start is not what tests measure. */
    void awaitBoot() {
        await().atMost(BOOT).ignoreExceptions().until(() -> api().get("healthz").status() == 200);
    }

    /** The lines that the server logged and that contain the text. */
    List<String> logged(String text) {
        try (Stream<String> lines = Files.lines(base.resolve("console.log"))) {
            return lines.filter(line -> line.contains(text)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a power failure would, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
