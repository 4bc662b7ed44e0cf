package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.database.Golden;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The path of docs/handlers.md from an empty WAR to a handler that ran: its files are the sample's, and its commands are typed. */
@ArquillianTest
@RunAsClient
@OneDatabase("it is about what a newcomer types")
class FirstHandlerIT {

    private static final String DOCUMENT = "docs/handlers.md";
    private static final Pattern FILE = Pattern.compile("`([\\w./-]+)`:\n\n```\\w+\n(.*?)```\n", Pattern.DOTALL);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @ArquillianResource
    URI root;

    @Deployment(testable = false)
    static WebArchive war() {
        return Archives.file(WebArchive.class, "leasehold.test.first");
    }

    @Test
    void theDocumentHoldsEveryFileOfTheSampleAndNoOther() throws IOException {
        Map<String, String> shown = new HashMap<>();
        FILE.matcher(Golden.read(DOCUMENT)).results().forEach(one -> shown.put(one.group(1), one.group(2)));
        assertThat(shown).isEqualTo(files(Golden.path("samples/first")));
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new HashMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.startsWith("target")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }

    @Test
    void whoeverTypesItsCommandsIsGreeted() throws Exception {
        String commands = Shell.commands(DOCUMENT, root).get(0);
        String again = commands.substring(commands.indexOf('\n') + 1);
        assertThat(Shell.run(commands)).matches("(?s)[0-9a-f-]{36}\\R.*");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Shell.run(again).strip()).isEqualTo("Hello, Ada! This is attempt 1."));
    }
}
