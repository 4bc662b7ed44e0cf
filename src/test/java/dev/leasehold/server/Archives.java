package dev.leasehold.server;

import dev.leasehold.database.Changed;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What is deployed: the built archives, as they are or with a test inside. */
final class Archives {

    private Archives() {}

    static EnterpriseArchive ear() {
        return file(EnterpriseArchive.class, "leasehold.test.ear");
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

    /** The EAR as a file in that folder, with classes and statements of the queue changed. */
    static Path changed(Changed changed, Path folder) {
        EnterpriseArchive ear = ear();
        JavaArchive ejb = ear.getAsType(JavaArchive.class, "leasehold-ejb.jar");
        changed.files().forEach((path, bytes) -> {
            ejb.delete(path);
            ejb.add(new ByteArrayAsset(bytes), path);
        });
        ear.addAsModule(ejb);
        return file(ear, folder);
    }

    /** The EAR as a file in that folder, with classes added to its web module. */
    static Path with(Path folder, Class<?>... classes) {
        EnterpriseArchive ear = ear();
        WebArchive web = ear.getAsType(WebArchive.class, "leasehold-web.war");
        web.addClasses(classes);
        ear.addAsModule(web);
        return file(ear, folder);
    }

    private static Path file(EnterpriseArchive ear, Path folder) {
        Path file = folder.resolve("leasehold.ear");
        ear.as(ZipExporter.class).exportTo(file.toFile());
        return file;
    }

    /** The application whose file that system property names. */
    static <T extends Archive<T>> T file(Class<T> type, String property) {
        return ShrinkWrap.createFromZipFile(type, new File(System.getProperty(property)));
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
