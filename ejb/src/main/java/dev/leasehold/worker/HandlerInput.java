package dev.leasehold.worker;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.api.Payload;
import java.io.IOException;
import java.util.stream.Collectors;

/** Makes of a payload what a handler takes. */
final class HandlerInput {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HandlerInput() {}

    static Object read(Payload payload, JavaType type) throws IOException {
        if (type.hasRawClass(Payload.class)) {
            return payload;
        }
        if (type.hasRawClass(String.class)) {
            return payload.text();
        }
        return type.hasRawClass(byte[].class) ? payload.bytes() : JSON.readValue(payload.bytes(), type);
    }

    /** What is wrong, in words that may be read by who may not read payloads: type and member, and no value. */
    static String fault(JavaType type, IOException failure) {
        String path = failure instanceof JsonMappingException mapping
                ? mapping.getPath().stream().map(HandlerInput::step).collect(Collectors.joining())
                : "";
        return "the payload cannot be read as " + type.toCanonical() + (path.isEmpty() ? "" : ": at " + path);
    }

    private static String step(Reference reference) {
        return reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : "." + reference.getFieldName();
    }
}
