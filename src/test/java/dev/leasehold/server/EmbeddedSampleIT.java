package dev.leasehold.server;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The sample application, with a persistence unit and migrations of its own. */
@ArquillianTest
@RunAsClient
@OneDatabase("it is about the server's transaction and modules; SubmitTransactionTest has both databases")
class EmbeddedSampleIT {

    @ArquillianResource
    URI root;

    @Deployment(testable = false)
    static WebArchive war() {
        return Archives.file(WebArchive.class, "leasehold.test.sample");
    }

    @Test
    void aRollbackTakesTheRunAlongAndACommitHasItDone() {
        new SampleScenario(new Api(root)).aRollbackTakesTheRunAlongAndACommitHasItDone();
    }

    @Test
    void aPaymentAndWhatItSubmitsAreThereWithItsCompletionAndASecondPaymentFailsForGood() {
        new SampleScenario(new Api(root))
                .aPaymentAndWhatItSubmitsAreThereWithItsCompletionAndASecondPaymentFailsForGood();
    }
}
