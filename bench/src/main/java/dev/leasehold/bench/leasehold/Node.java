package dev.leasehold.bench.leasehold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The provisioned WildFly in a process and a folder of its own with an EAR deployed: default settings but for the
 * threads of the server's executor, those of the workers, and the database.
 */
final class Node implements AutoCloseable {

    private static final int HTTP = 8080;
    private static final int SPARE_THREADS = 16;
    private static final long BOOT_SECONDS = 120;
    private static final String EXECUTOR = "jndi-name=\"java:jboss/ee/concurrency/executor/default\"";

    private final Path base;
    private final Process process;
    private final Api api;

    private Node(Path base, Process process, Api api) {
        this.base = base;
        this.process = process;
        this.api = api;
    }

    /** Starts one and waits until it is ready. */
    static Node start(Layout layout) throws IOException, InterruptedException {
        Path base = Files.createTempDirectory("leasehold-bench");
        Leftover leftover = new Leftover(layout.offset());
        leftover.end();
        Process process = new ProcessBuilder(command(base, layout))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        leftover.note(process);
        Node node = new Node(base, process, new Api("http://localhost:" + (HTTP + layout.offset())));
        try {
            node.await();
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private static List<String> command(Path base, Layout layout) throws IOException {
        Path home = Built.server();
        Path configuration = base.resolve("configuration");
        copy(home.resolve("standalone/configuration"), configuration);
        Path xml = configuration.resolve("standalone.xml");
        int threads = layout.threads() + SPARE_THREADS;
        Files.writeString(xml, Files.readString(xml).replace(EXECUTOR, EXECUTOR + " core-threads=\"" + threads + "\""));
        Path deployments = Files.createDirectories(base.resolve("deployments"));
        Files.copy(layout.ear(), deployments.resolve("leasehold.ear"));
        Files.createFile(deployments.resolve("leasehold.ear.dodeploy"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xmx2g", "-XX:+UseParallelGC"));
        command.addAll(layout.settings());
        command.addAll(List.of(
                "-Dleasehold.worker-threads=" + layout.threads(),
                "-Dorg.jboss.boot.log.file=" + base.resolve("boot.log"),
                "-Dlogging.configuration=file:" + configuration.resolve("logging.properties"),
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.socket.binding.port-offset=" + layout.offset()));
        return command;
    }

    private void await() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOOT_SECONDS);
        while (!api.answers("/leasehold/ready")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the server does not get ready");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Its process. */
    ProcessHandle process() {
        return process.toHandle();
    }

    /** Its process's id. */
    long pid() {
        return process.pid();
    }

    /** Its API. */
    Api api() {
        return api;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        try (Stream<Path> files = Files.walk(base)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(Node::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
