package dev.leasehold.scenario;

import dev.leasehold.server.ServerDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Writes a line for every scenario that ran: number, test, database, server, passed or failed. */
public final class ScenarioTable implements AfterTestExecutionCallback {

    private static final Pattern NUMBERED = Pattern.compile("s(\\d+)_\\w+");

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        if (context.getRequiredTestClass().isAnnotationPresent(Unnumbered.class)) {
            return;
        }
        String name = context.getRequiredTestMethod().getName();
        Matcher numbered = NUMBERED.matcher(name);
        if (!numbered.matches()) {
            throw new IllegalStateException(name + " does not begin with its scenario's number");
        }
        String database = ServerDatabase.isPostgresql() ? "postgresql" : "h2";
        String ending = context.getExecutionException().isPresent() ? "failed" : "passed";
        String line = String.join(
                ",",
                Integer.toString(Integer.parseInt(numbered.group(1))),
                context.getRequiredTestClass().getSimpleName() + "." + name,
                database,
                System.getProperty("arquillian.launch"),
                ending);
        Path folder = Files.createDirectories(Path.of(System.getProperty("leasehold.test.scenarios")));
        Files.write(
                folder.resolve(database + ".csv"),
                (line + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
