package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The sample application on Payara, in a domain of its own (profile payara). */
@EnabledIfSystemProperty(named = "leasehold.test.payara", matches = ".+")
class EmbeddedOnPayaraIT {

    private static final int PORT_BASE = 18_000;
    private static final String DOMAIN = "leasehold";

    private Path folder;

    @BeforeEach
    void startDomain() throws Exception {
        folder = Files.createTempDirectory("leasehold-payara");
        asadmin("create-domain", "--nopassword", "--portbase", String.valueOf(PORT_BASE), DOMAIN);
        asadmin("start-domain", DOMAIN);
    }

    @AfterEach
    void stopDomain() throws Exception {
        asadmin("stop-domain", DOMAIN);
        asadmin("delete-domain", DOMAIN);
    }

    @Test
    void aRollbackTakesTheRunAlongAndACommitHasItDone() throws Exception {
        String war = System.getProperty("leasehold.test.sample");
        asadmin("--port", String.valueOf(PORT_BASE + 48), "deploy", "--name", "embedded", war);
        Api api = new Api(URI.create("http://localhost:" + (PORT_BASE + 80) + "/embedded/"));
        new SampleScenario(api).aRollbackTakesTheRunAlongAndACommitHasItDone();
    }

    private void asadmin(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                Path.of(System.getProperty("leasehold.test.payara"), "bin", "asadmin")
                        .toString()));
        command.addAll(withDomains(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LEASEHOLD_DATA_FOLDER", folder.toString());
        File log = folder.resolve(arguments[0] + ".log").toFile();
        Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
        assertThat(process.waitFor()).as(Files.readString(log.toPath())).isZero();
    }

    /** Commands on a domain look for it where this test put it. */
    private List<String> withDomains(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (arguments[0].endsWith("-domain")) {
            all.add(1, "--domaindir");
            all.add(2, folder.resolve("domains").toString());
        }
        return all;
    }
}
