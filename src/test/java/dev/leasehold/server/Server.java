package dev.leasehold.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A kind of server: how it is laid out and started, and the few answers in which it is a case of its own. */
interface Server {

    /** The offset of the server that Arquillian runs; processes that a test starts itself have others. */
    int ARQUILLIAN = 600;

    /** A server starts a third sooner with the first compiler alone. */
    String QUICK_START = "-XX:TieredStopAtLevel=1";

    /** The kind that this run of the tests is about. */
    static Server current() {
        Path home = Path.of(System.getProperty("leasehold.test.server"));
        String kind = System.getProperty("arquillian.launch");
        return switch (kind) {
            case "wildfly" -> new WildFly(home);
            case "payara" -> new Payara(home);
            default -> throw new IllegalStateException("arquillian.launch is " + kind);
        };
    }

    /** Lays out what Arquillian is to start, as if nothing had ever run there. */
    void prepareForArquillian(List<String> settings) throws IOException;

    /**
     * Lays out a server of its own, the EAR to be deployed as it starts, and answers the command that runs it in the
     * foreground, with its log on the console.
     *
     * @param base an empty folder, all of it the server's
     * @param ear the application
     * @param offset keeps its ports apart from those of others
     */
    List<String> layOut(Path base, Path ear, int offset, List<String> settings) throws IOException;

    /** Takes the EAR of a server that runs there down, and returns when it is gone. */
    void undeploy(Path base) throws IOException;

    /** Deploys the EAR there again, while the server runs; does not wait for it. */
    void deploy(Path base, Path ear) throws IOException;

    /** The name of an executor of four threads that each server process has beside its default one. */
    String fourThreads();

    /** The port on which one of that offset answers HTTP. */
    int httpPort(int offset);
}
