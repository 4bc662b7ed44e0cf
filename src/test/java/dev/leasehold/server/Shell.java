package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Golden;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** What a document tells a reader to type. */
final class Shell {

    private static final Pattern BLOCK = Pattern.compile("```sh\n(curl .*?)```", Pattern.DOTALL);

    private Shell() {}

    /** The document's commands that call a server, for the one that is there. */
    static List<String> commands(String document, URI root) {
        return BLOCK.matcher(Golden.read(document))
                .results()
                .map(block -> block.group(1).replace("localhost:8080", root.getHost() + ":" + root.getPort()))
                .toList();
    }

    /** Types them, and answers what was printed. */
    static String run(String commands) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", commands)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
