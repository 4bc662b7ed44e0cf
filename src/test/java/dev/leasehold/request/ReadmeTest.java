package dev.leasehold.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.api.Payload;
import dev.leasehold.database.Golden;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's example of http.request is one. */
class ReadmeTest {

    @Test
    void theExampleOfTheReadmeCanBeSent() throws IOException {
        Matcher block = Pattern.compile("```json\n(\\{\"type\": \"http.request\".*?)```", Pattern.DOTALL)
                .matcher(Golden.read("README.md"));
        assertThat(block.find()).isTrue();

        var payload = new ObjectMapper().readTree(block.group(1)).get("payload").get("json");
        Order order = OrderForm.read(Payload.json(payload.toString()));

        assertThat(order.method()).isEqualTo("POST");
        assertThat(order.headers()).containsKeys("Accept", "Content-Type");
        assertThat(order.body().text()).isEqualTo("{\"invoice\":42}");
    }
}
