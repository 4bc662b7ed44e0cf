package dev.leasehold.server;

import static org.awaitility.Awaitility.await;

import dev.leasehold.database.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Payara that profile payara unpacks. Its own domain1 is never started: it is what every domain is copied from. */
record Payara(Path home) implements Server {

    /** As in arquillian.xml. */
    private static final String DOMAIN = "leasehold";

    /** An option of domain1 beside which others may stand. */
    private static final String SERVER_VM = "-server";

    private static final String FOUR_THREADS = "concurrent/four";
    private static final String LAST_RESOURCE = "</resources>";
    private static final String LAST_REFERENCE = "</server>";
    private static final int PORT_BASE = 20_000;
    private static final int HTTP = 80;
    /** The ports of domain1, and where they go in a range of a hundred: as asadmin's --portbase has it. */
    private static final Map<String, Integer> PORTS = Map.ofEntries(
            Map.entry("4848", 48),
            Map.entry("8080", HTTP),
            Map.entry("8181", 81),
            Map.entry("7676", 76),
            Map.entry("3700", 37),
            Map.entry("3820", 38),
            Map.entry("3920", 39),
            Map.entry("8686", 86),
            Map.entry("6666", 66),
            Map.entry("9009", 9),
            Map.entry("4900", 49),
            Map.entry("5900", 59));

    private static final Pattern PORT = Pattern.compile("\\b(" + String.join("|", PORTS.keySet()) + ")\\b");

    @Override
    public void prepareForArquillian(List<String> settings) throws IOException {
        Path domain = domains().resolve(DOMAIN);
        new Leftover(domain.resolve("config/pid")).end();
        Folders.delete(domain);
        create(domain, ARQUILLIAN, settings);
    }

    @Override
    public List<String> layOut(Path base, Path ear, int offset, List<String> settings) throws IOException {
        Path domain = base.resolve("domain");
        create(domain, offset, settings);
        Path deployments = Files.createDirectories(domain.resolve("autodeploy"));
        Files.copy(ear, deployments.resolve("leasehold.ear"));
        return command(base);
    }

    private void create(Path domain, int offset, List<String> settings) throws IOException {
        Folders.copy(domains().resolve("domain1"), domain);
        Path file = domain.resolve("config/domain.xml");
        Matcher ports = PORT.matcher(Files.readString(file));
        String moved = ports.replaceAll(port -> String.valueOf(PORT_BASE + offset + PORTS.get(port.group())));
        String options = Stream.of(List.of(SERVER_VM), QuickStart.options(), settings)
                .flatMap(List::stream)
                .map(Payara::option)
                .collect(Collectors.joining());
        Files.writeString(
                file, withFourThreads(moved.replaceFirst(option(SERVER_VM), Matcher.quoteReplacement(options))));
    }

    private static String withFourThreads(String domain) {
        String executor = "<managed-executor-service jndi-name=\"" + FOUR_THREADS
                + "\" core-pool-size=\"4\" maximum-pool-size=\"4\"/>";
        String reference = "<resource-ref ref=\"" + FOUR_THREADS + "\"/>";
        return domain.replaceFirst(LAST_RESOURCE, executor + LAST_RESOURCE)
                .replaceFirst(LAST_REFERENCE, reference + LAST_REFERENCE);
    }

    @Override
    public String fourThreads() {
        return FOUR_THREADS;
    }

    private static String option(String text) {
        return "<jvm-options>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</jvm-options>";
    }

    /** What asadmin would run: without it in between, the process that is killed is the server itself. */
    private List<String> command(Path base) throws IOException {
        Process launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        home.resolve("glassfish/lib/client/appserver-cli.jar").toString(),
                        "start-domain",
                        "--dry-run",
                        "--verbose",
                        "--domaindir",
                        base.toString(),
                        "domain")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return lines.subList(1, lines.indexOf(""));
    }

    private Path domains() {
        return home.resolve("glassfish/domains");
    }

    @Override
    public void undeploy(Path base) throws IOException {
        Path deployments = base.resolve("domain/autodeploy");
        Files.delete(deployments.resolve("leasehold.ear"));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.exists(deployments.resolve("leasehold.ear_undeployed")));
    }

    @Override
    public void deploy(Path base, Path ear) throws IOException {
        Files.copy(ear, base.resolve("domain/autodeploy/leasehold.ear"));
    }

    @Override
    public int httpPort(int offset) {
        return PORT_BASE + offset + HTTP;
    }
}
