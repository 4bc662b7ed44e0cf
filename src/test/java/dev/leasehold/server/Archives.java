package dev.leasehold.server;

import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What is deployed: the built archives, as they are or with a test inside. */
final class Archives {

    private Archives() {}

    static EnterpriseArchive ear() {
        return ShrinkWrap.createFromZipFile(
                EnterpriseArchive.class, new File(System.getProperty("leasehold.test.ear")));
    }

    /** The EAR with classes added to its web module, in which they run. */
    static EnterpriseArchive earWith(Class<?>... classes) {
        EnterpriseArchive ear = ear();
        WebArchive web = ear.getAsType(WebArchive.class, "leasehold-web.war");
        web.addClasses(classes);
        ear.addAsLibraries(jar(Assertions.class), jar(Awaitility.class), jar(Matcher.class));
        ear.addAsModule(Testable.archiveToTest(web));
        return ear;
    }

    static WebArchive sample() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("leasehold.test.sample")));
    }

    private static File jar(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
