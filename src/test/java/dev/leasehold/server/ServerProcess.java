package dev.leasehold.server;

import static org.awaitility.Awaitility.await;

import dev.leasehold.database.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A server of its own, in a process of its own, with an EAR deployed. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration BOOT = Duration.ofMinutes(2);
    private static final Duration START = Duration.ofSeconds(30);

    private final Path base;
    private final int port;
    private final List<String> command;
    private final Process process;

    private ServerProcess(Path base, int port, List<String> command) throws IOException {
        Path pidFile = Path.of(System.getProperty("leasehold.test.folder"), "server-" + port + ".pid");
        new Leftover(pidFile).end();
        this.base = base;
        this.port = port;
        this.command = command;
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(base).toFile()))
                .start();
        process.getOutputStream().close();
        Files.writeString(pidFile, String.valueOf(process.pid()));
    }

    /** Starts one whose ports are that far from the usual ones, a hundred apart from others; does not wait for it. */
    static ServerProcess start(int offset, String... settings) {
        return start(Path.of(System.getProperty("leasehold.test.ear")), offset, settings);
    }

    /** Starts one with another EAR; does not wait for it. */
    public static ServerProcess start(Path ear, int offset, String... settings) {
        Server server = Server.current();
        try {
            Path base = Files.createTempDirectory("leasehold-server");
            List<String> command = server.layOut(base, ear, offset, List.of(settings));
            return new ServerProcess(base, server.httpPort(offset), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it without warning, and starts it again where it stood; does not wait for it. */
    public ServerProcess again() {
        kill();
        try {
            return new ServerProcess(base, port, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Beside the folder: it stays when the server's own files are deleted. */
    private static Path log(Path base) {
        return base.resolveSibling(base.getFileName() + ".log");
    }

    Api api() {
        return api("leasehold");
    }

    /** A client of one of its contexts. */
    public Api api(String context) {
        return new Api(URI.create("http://localhost:" + port + "/" + context + "/"));
    }

    /** Waits until the application answers, whatever it does: a server's own start is not what tests measure. */
    public void awaitBoot() {
        await().atMost(BOOT).ignoreExceptions().until(() -> api().get("healthz").status() == 200);
    }

    /** Waits until the node has started. */
    void awaitReady() {
        awaitBoot();
        await().atMost(START).until(this::ready);
    }

    private boolean ready() {
        try {
            return api().get("ready").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** The lines that the server logged and that contain the text. */
    List<String> logged(String text) {
        try (Stream<String> lines = Files.lines(log(base))) {
            return lines.filter(line -> line.contains(text)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a power failure would, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Takes the EAR down as an operator would, and returns when it is gone. */
    void undeploy() throws IOException {
        Server.current().undeploy(base);
    }

    /** Deploys it again; does not wait for it. */
    void deploy() throws IOException {
        Server.current().deploy(base, Path.of(System.getProperty("leasehold.test.ear")));
    }

    /** What the JDK's tool answers when it is asked to do this to the server's process. */
    String jcmd(String what) throws IOException {
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        what)
                .redirectErrorStream(true)
                .start();
        return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Asks it to end, as an operator would; does not wait for that. */
    void end() {
        process.destroy();
    }

    @Override
    public void close() {
        if (QuickStart.wantsArchive(command) && process.isAlive() && ready()) {
            QuickStart.leaveArchive(process);
        }
        kill();
        try {
            Folders.delete(base);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
