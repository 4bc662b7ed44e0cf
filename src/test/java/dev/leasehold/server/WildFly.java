package dev.leasehold.server;

import static org.awaitility.Awaitility.await;

import dev.leasehold.database.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The WildFly that the build provisions. */
record WildFly(Path home) implements Server {

    private static final int HTTP = 8080;
    private static final String FOUR_THREADS = "java:jboss/ee/concurrency/executor/four";
    private static final String LAST_EXECUTOR = "</managed-executor-services>";

    /** Nothing to do: arquillian.xml hands the settings over and has the server begin with an empty base folder. */
    @Override
    public void prepareForArquillian(List<String> settings) {}

    @Override
    public List<String> layOut(Path base, Path ear, int offset, List<String> settings) throws IOException {
        Folders.copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
        configure(base.resolve("configuration/standalone.xml"));
        Path deployments = Files.createDirectories(base.resolve("deployments"));
        Files.copy(ear, deployments.resolve("leasehold.ear"));
        Files.createFile(deployments.resolve("leasehold.ear.dodeploy"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(QuickStart.withArchive());
        command.addAll(settings);
        command.addAll(List.of(
                "-Dorg.jboss.boot.log.file=" + base.resolve("boot.log"),
                "-Dlogging.configuration=file:" + base.resolve("configuration/logging.properties"),
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.socket.binding.port-offset=" + offset));
        return command;
    }

    private static void configure(Path file) throws IOException {
        String executor = "<managed-executor-service name=\"four\" jndi-name=\"" + FOUR_THREADS
                + "\" context-service=\"default\" core-threads=\"4\"/>";
        Files.writeString(file, Files.readString(file).replace(LAST_EXECUTOR, executor + LAST_EXECUTOR));
    }

    @Override
    public String fourThreads() {
        return FOUR_THREADS;
    }

    @Override
    public void undeploy(Path base) throws IOException {
        Path deployments = base.resolve("deployments");
        Files.delete(deployments.resolve("leasehold.ear.deployed"));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.exists(deployments.resolve("leasehold.ear.undeployed")));
    }

    @Override
    public void deploy(Path base, Path ear) throws IOException {
        Files.createFile(base.resolve("deployments/leasehold.ear.dodeploy"));
    }

    @Override
    public int httpPort(int offset) {
        return HTTP + offset;
    }
}
