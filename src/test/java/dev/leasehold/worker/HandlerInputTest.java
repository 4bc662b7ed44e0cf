package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.leasehold.api.Payload;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandlerInputTest {

    private static final String NAME = HandlerInputTest.class.getName() + "$";

    private record Line(int amount) {}

    private record Invoice(String customer, List<Line> lines) {}

    @Test
    void aPayloadIsReadAsWhatTheHandlerTakes() throws IOException {
        Payload payload = Payload.json("{\"customer\":\"a\",\"lines\":[{\"amount\":1}]}");
        assertThat(HandlerInput.read(payload, type(Invoice.class))).isEqualTo(new Invoice("a", List.of(new Line(1))));
        assertThat(HandlerInput.read(payload, type(Payload.class))).isSameAs(payload);
        assertThat(HandlerInput.read(payload, type(String.class))).isEqualTo(payload.text());
        assertThat(HandlerInput.read(payload, type(byte[].class))).isEqualTo(payload.bytes());
        assertThat(HandlerInput.read(payload, type(Map.class))).isInstanceOf(Map.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'customer':'secret','lines':[{'amount':1},{'amount':'secret'}]} | : at .lines[1].amount",
                "{'customer':{'secret':'secret'}} | : at .customer",
                "{'lines':'secret'} | : at .lines",
                "{'customer':'secret','paid':'secret'} | : at .paid",
                "{'lines':[secret]} | : at .lines",
                "secret | ``",
                "'secret' | ``",
                "`` | ``"
            })
    void whatCannotBeReadIsToldWithoutAValue(String json, String where) {
        Payload payload = Payload.text(json.replace('\'', '"'));

        IOException failure =
                catchThrowableOfType(IOException.class, () -> HandlerInput.read(payload, type(Invoice.class)));

        assertThat(HandlerInput.fault(type(Invoice.class), failure))
                .isEqualTo("the payload cannot be read as " + NAME + "Invoice" + where);
    }

    private static JavaType type(Type type) {
        return TypeFactory.defaultInstance().constructType(type);
    }
}
