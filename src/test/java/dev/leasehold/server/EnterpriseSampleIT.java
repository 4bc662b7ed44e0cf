package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** The sample application that embeds the queue in an EAR: handler, entities and submitter in an EJB module of its own. */
@ArquillianTest
@RunAsClient
@OneDatabase("it is about the server's modules; SubmitTransactionTest has both databases")
class EnterpriseSampleIT {

    @ArquillianResource
    URI root;

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return Archives.file(EnterpriseArchive.class, "leasehold.test.enterprise");
    }

    @Test
    void aParcelIsShippedAndASecondOneOfItsReferenceLeavesNoRunBehind() {
        String reference = "P " + UUID.randomUUID();
        JsonNode before = runs();
        assertThat(put(reference).status()).isEqualTo(204);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get(reference).raw().body()).isEqualTo("shipped"));
        JsonNode after = runs();
        assertThat(after).hasSize(before.size() + 1);

        assertThat(put(reference).status()).isEqualTo(409);
        assertThat(runs()).hasSameSizeAs(after);
    }

    @Test
    void aParcelThatNobodySentIsNotThere() {
        assertThat(get("none").status()).isEqualTo(404);
    }

    private JsonNode runs() {
        return api("/leasehold/")
                .get("api/v1/runs?type=parcel.ship&limit=1000")
                .body()
                .get("runs");
    }

    private Api.Answer get(String reference) {
        return api("/warehouse/").get(path(reference));
    }

    private Api.Answer put(String reference) {
        Api api = api("/warehouse/");
        return api.send(HttpRequest.newBuilder(api.at(path(reference))).PUT(HttpRequest.BodyPublishers.noBody()));
    }

    private static String path(String reference) {
        return "api/parcels/" + reference.replace(" ", "%20");
    }

    private Api api(String context) {
        return new Api(root.resolve(context));
    }
}
