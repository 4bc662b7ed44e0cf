package dev.leasehold.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leasehold.cli.CommandFailure.Kind;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line: its result on standard output, an error as JSON on standard error (AQ 10). */
public final class Main {

    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private Main() {}

    /** Ends the process with 0, with 2 to 5 by the kind of error, or with 6 when the doctor finds something critical. */
    public static void main(String[] args) {
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "%1$tFT%1$tT%1$tz %4$s %5$s%n");
        }
        System.exit(run(Console.ofProcess(), args));
    }

    /** Runs a command and answers its exit code. */
    static int run(Console console, String... args) {
        CommandLine line = new CommandLine(new Root(console))
                .addSubcommand(new SubmitCommand())
                .addSubcommand(new GetCommand())
                .addSubcommand(new ListCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new CancelCommand())
                .addSubcommand(new RerunCommand())
                .addSubcommand(new PauseCommand())
                .addSubcommand(new ResumeCommand())
                .addSubcommand(new StatsCommand())
                .addSubcommand(new DoctorCommand())
                .addSubcommand(new TailCommand())
                .addSubcommand(new WorkerCommand());
        line.setExpandAtFiles(false);
        line.setOut(writer(console.out()));
        line.setErr(writer(console.err()));
        line.setParameterExceptionHandler((e, refused) -> report(console, usage(e)));
        line.setExecutionExceptionHandler((e, command, parsed) -> report(console, CommandFailure.of(e)));
        return line.execute(args);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static CommandFailure usage(ParameterException e) {
        String code = "usage_parse_error";
        if (Root.NO_COMMAND.equals(e.getMessage())) {
            code = "usage_missing_command";
        } else if (e.getCommandLine().getParent() == null
                && e instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()) {
            code = "usage_invalid_command";
        }
        return new CommandFailure(Kind.USAGE, code, String.valueOf(e.getMessage()));
    }

    private static int report(Console console, CommandFailure failure) {
        ObjectNode error = JsonNodeFactory.instance
                .objectNode()
                .put("error_kind", failure.kind().word())
                .put("error_code", failure.code())
                .put("message", failure.getMessage());
        console.err().println(error);
        return failure.kind().exitCode();
    }
}
