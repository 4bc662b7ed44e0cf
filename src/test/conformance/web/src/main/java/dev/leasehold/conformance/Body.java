package dev.leasehold.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request's members; no body at all is an object without any. */
record Body(JsonNode root) {

    static Body parse(byte[] bytes) {
        if (bytes.length == 0) {
            return new Body(JsonNodeFactory.instance.objectNode());
        }
        try {
            JsonNode root = Json.read(bytes);
            if (root.isObject()) {
                return new Body(root);
            }
        } catch (IOException e) {
            throw Refused.malformed("the body is no JSON document: " + firstLine(e));
        }
        throw Refused.member("body", "must be an object");
    }

    private static String firstLine(IOException failure) {
        return String.valueOf(failure.getMessage()).split("\n", 2)[0];
    }

    /** Refuses every other member. */
    Body only(String... known) {
        List<String> names = List.of(known);
        root.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw Refused.member(name, "is not known");
            }
        });
        return this;
    }

    boolean has(String name) {
        return root.hasNonNull(name);
    }

    @Nullable
    String text(String name) {
        return has(name) ? root.get(name).asText() : null;
    }

    String required(String name) {
        String text = text(name);
        if (text == null) {
            throw Refused.member(name, "is required");
        }
        return text;
    }

    String text(String name, String usual) {
        String text = text(name);
        return text == null ? usual : text;
    }

    @Nullable
    UUID uuid(String name) {
        String text = text(name);
        try {
            return text == null ? null : UUID.fromString(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refused.member(name, "must be a UUID");
        }
    }

    UUID id(String name) {
        required(name);
        UUID id = uuid(name);
        if (id == null) {
            throw Refused.member(name, "is required");
        }
        return id;
    }

    Instant instant(String name) {
        JsonNode value = root.get(name);
        if (value == null || !value.isNumber()) {
            throw Refused.member(name, "must be a number of seconds");
        }
        BigDecimal seconds = value.decimalValue();
        return Json.instant(seconds);
    }

    Body part(String name) {
        JsonNode part = root.get(name);
        if (part == null || !part.isObject()) {
            throw Refused.member(name, "must be an object");
        }
        return new Body(part);
    }

    /** Every member with its value as text; objects as they are written. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        root.properties().forEach(one -> texts.put(one.getKey(), written(one.getValue())));
        return texts;
    }

    private static String written(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
