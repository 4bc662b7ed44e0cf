package dev.leasehold.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leasehold.api.Payload;
import dev.leasehold.run.RunState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes views as JSON: members in snake_case, instants and durations as {@link Seconds}, states by their word,
 * payloads in decisions 7's shape. A member that is null is shown; one that is an empty Optional is left out.
 */
final class Json {

    /** A document that is written as it stands. */
    record Raw(String text) {}

    @FunctionalInterface
    private interface Form<T> {
        void write(T value, JsonGenerator out) throws IOException;
    }

    private static final JsonInclude.Value LEFT_OUT_WHEN_EMPTY =
            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS);

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .withConfigOverride(Optional.class, optional -> optional.setInclude(LEFT_OUT_WHEN_EMPTY))
            .addModule(new SimpleModule()
                    .addSerializer(Optional.class, new Present())
                    .addSerializer(Instant.class, as((value, out) -> out.writeNumber(Seconds.of(value))))
                    .addSerializer(Duration.class, as((value, out) -> out.writeNumber(Seconds.of(value))))
                    .addSerializer(RunState.class, as((value, out) -> out.writeString(value.word())))
                    .addSerializer(Raw.class, as((value, out) -> out.writeRawValue(value.text())))
                    .addSerializer(Payload.class, as(Json::payload)))
            .build();

    /** By configuration: WildFly warns of a deployment that carries Jackson's annotations. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // as Jackson asks for serializers by class
    private static final class Present extends JsonSerializer<Optional> {
        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider providers) throws IOException {
            providers.defaultSerializeValue(value.orElse(null), out);
        }

        @Override
        public boolean isEmpty(SerializerProvider providers, Optional value) {
            return value.isEmpty();
        }
    }

    private Json() {}

    /** The view in UTF-8. */
    static byte[] write(Object view) {
        try {
            return MAPPER.writeValueAsBytes(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The members of views, one behind the other in one object. */
    static ObjectNode joined(Object first, Object second) {
        ObjectNode all = MAPPER.valueToTree(first);
        ObjectNode more = MAPPER.valueToTree(second);
        return all.setAll(more);
    }

    /** What a handler called JSON and is none is shown as text: it must not spoil the document around it. */
    private static void payload(Payload payload, JsonGenerator out) throws IOException {
        out.writeStartObject();
        if (payload.contentType() != null) {
            out.writeStringField("content_type", payload.contentType());
        }
        if (payload.form() == Payload.Form.BASE64) {
            out.writeBinaryField("base64", payload.bytes());
        } else if (payload.form() == Payload.Form.JSON && JsonBody.isDocument(payload.bytes())) {
            out.writeFieldName("json");
            out.writeRawValue(payload.text());
        } else {
            out.writeStringField("text", payload.text());
        }
        out.writeEndObject();
    }

    private static <T> JsonSerializer<T> as(Form<T> form) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider providers) throws IOException {
                form.write(value, out);
            }
        };
    }
}
