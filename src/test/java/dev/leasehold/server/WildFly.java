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

    /** Nothing to do: arquillian.xml hands the settings over and has the server begin with an empty base folder. */
    @Override
    public void prepareForArquillian(List<String> settings) {}

    @Override
    public List<String> layOut(Path base, Path ear, int offset, List<String> settings) throws IOException {
        Folders.copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
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
