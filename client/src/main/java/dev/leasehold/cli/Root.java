package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leasehold.client.LeaseholdClient;
import dev.leasehold.client.LeaseholdClientBuilder;
import dev.leasehold.client.Retries;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that has all others, and the options that all of them have. */
@Command(
        name = "leasehold",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Root.Version.class,
        description = "Submits tasks to a Leasehold server, shows what became of them, and works on them.",
        footer = "Exit codes: 0 done, 2 usage, 3 validation, 4 runtime, 5 connectivity, 6 critical (doctor).")
final class Root implements Runnable {

    static final String NO_COMMAND = "a command is required; see leasehold --help";
    private static final String URL = "LEASEHOLD_URL";

    private final Console console;

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            description = "The server; else $LEASEHOLD_URL, else http://127.0.0.1:8080/leasehold.")
    private @Nullable String url;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer in JSON.")
    private boolean json;

    @Option(
            names = "--timeout",
            scope = ScopeType.INHERIT,
            paramLabel = "SECS",
            defaultValue = "15",
            description = "How long an answer may take (${DEFAULT-VALUE}).")
    private int timeout;

    @Option(
            names = "--retries",
            scope = ScopeType.INHERIT,
            paramLabel = "N",
            defaultValue = "5",
            description = "How often a request without an answer is sent again (${DEFAULT-VALUE}).")
    private int retries;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    Root(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), NO_COMMAND);
    }

    Console console() {
        return console;
    }

    boolean json() {
        return json;
    }

    LeaseholdClient client() {
        String named = url != null ? url : console.environment().getOrDefault(URL, LeaseholdClient.LOCAL.toString());
        if (timeout < 1 || retries < 0 || retries > 100) {
            throw CommandFailure.invalid(
                    "input_validation_failed", "--timeout must be at least 1, and --retries 0 to 100");
        }
        Retries again = new Retries(retries, Retries.USUAL.first(), Retries.USUAL.longest());
        try {
            LeaseholdClientBuilder client = LeaseholdClient.builder(URI.create(named));
            return client.timeout(Duration.ofSeconds(timeout))
                    .retries(again)
                    .userAgent("leasehold-cli")
                    .build();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.invalid(
                    "invalid_url", "--url must be http or https, with a host, without user, query and fragment");
        }
    }

    /** Writes a result: in JSON after the command's name, or else as text. */
    void print(String command, JsonNode result, String text) {
        if (json) {
            ObjectNode named = JsonNodeFactory.instance.objectNode().put("command", command);
            named.setAll((ObjectNode) result);
            console.out().println(named);
        } else {
            console.out().println(text);
        }
        requireWritten();
    }

    /** Ends a command whose output nobody takes. */
    void requireWritten() {
        if (console.out().checkError()) {
            throw new CommandFailure(CommandFailure.Kind.RUNTIME, "output_failed", "standard output cannot be written");
        }
    }

    static UUID id(String value, String code) {
        try {
            UUID id = UUID.fromString(value);
            if (id.toString().equalsIgnoreCase(value)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw CommandFailure.invalid(code, value + " is not a UUID");
        }
        throw CommandFailure.invalid(code, value + " is not a UUID");
    }

    /** The version that the jar was built as. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Root.class.getPackage().getImplementationVersion();
            return new String[] {"leasehold " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
