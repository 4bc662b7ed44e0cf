package dev.leasehold.request;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leasehold.api.Payload;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a payload as an order. A member that is null counts as absent; no value stands in a message. */
final class OrderForm {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final List<String> MEMBERS =
            List.of("method", "url", "headers", "body", "json", "base64", "follow_redirects", "timeout_secs");
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
    private static final BigDecimal LEAST_SECS = new BigDecimal("0.001");
    private static final BigDecimal MOST_SECS = BigDecimal.valueOf(3600);

    private final JsonNode members;

    private OrderForm(JsonNode members) {
        this.members = members;
    }

    /**
     * Reads it.
     *
     * @throws UnsendableRequest that names the first member that cannot be obeyed
     */
    static Order read(Payload payload) {
        JsonNode document = document(payload);
        document.properties().forEach(member -> {
            if (!MEMBERS.contains(member.getKey())) {
                throw new UnsendableRequest(member.getKey() + " is not known; there are " + String.join(", ", MEMBERS));
            }
        });
        return new OrderForm(document).order();
    }

    private static JsonNode document(Payload payload) {
        try {
            JsonNode document = JSON.readTree(payload.bytes());
            if (document instanceof ObjectNode) {
                return document;
            }
        } catch (IOException e) {
            throw new UnsendableRequest("the payload must be a JSON object, each member once");
        }
        throw new UnsendableRequest("the payload must be a JSON object");
    }

    private Order order() {
        Payload body = body();
        String method = Objects.requireNonNullElse(text("method"), body == null ? "GET" : "POST");
        if (!Order.METHODS.contains(method)) {
            throw new UnsendableRequest("method must be one of " + String.join(", ", new TreeSet<>(Order.METHODS)));
        }
        String url = text("url");
        if (url == null) {
            throw new UnsendableRequest("url is required");
        }
        JsonNode follow = member("follow_redirects", JsonNode::isBoolean, "true or false");
        Order order = new Order(
                method,
                url,
                RequestHeaders.checked(headers()),
                body,
                follow != null && follow.booleanValue(),
                timeout());
        String type = body == null ? null : body.contentType();
        return type == null ? order : order.withUsual(Map.of("Content-Type", type));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        JsonNode given = member("headers", JsonNode::isObject, "an object of strings");
        if (given != null) {
            given.properties().forEach(header -> {
                if (!header.getValue().isTextual()) {
                    throw new UnsendableRequest("headers must be an object of strings");
                }
                headers.put(header.getKey(), header.getValue().textValue());
            });
        }
        return headers;
    }

    private @Nullable Payload body() {
        String text = text("body");
        String base64 = text("base64");
        JsonNode json = member("json", any -> true, "");
        if ((text == null ? 0 : 1) + (base64 == null ? 0 : 1) + (json == null ? 0 : 1) > 1) {
            throw new UnsendableRequest("only one of body, json and base64 may be given");
        }
        if (json != null) {
            return Payload.json(json.toString());
        }
        if (base64 != null) {
            return Payload.bytes(decoded(base64));
        }
        return text == null
                ? null
                : Payload.of(
                        "text/plain; charset=utf-8",
                        Payload.Form.TEXT,
                        Payload.text(text).bytes());
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new UnsendableRequest("base64 must be base64 in RFC 4648's own alphabet");
        }
    }

    private Duration timeout() {
        JsonNode seconds = member("timeout_secs", JsonNode::isNumber, "a number");
        if (seconds == null) {
            return USUAL_TIMEOUT;
        }
        BigDecimal number = seconds.decimalValue();
        if (number.compareTo(LEAST_SECS) < 0 || number.compareTo(MOST_SECS) > 0) {
            throw new UnsendableRequest("timeout_secs must be from " + LEAST_SECS + " to " + MOST_SECS);
        }
        return Duration.ofMillis(number.movePointRight(3).longValue());
    }

    private @Nullable String text(String name) {
        JsonNode text = member(name, JsonNode::isTextual, "a string");
        if (text != null && text.textValue().codePoints().anyMatch(OrderForm::isBroken)) {
            throw new UnsendableRequest(name + " must not contain U+0000 or a lone surrogate");
        }
        return text == null ? null : text.textValue();
    }

    private static boolean isBroken(int codePoint) {
        return codePoint == 0 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    private @Nullable JsonNode member(String name, Predicate<JsonNode> isRight, String wanted) {
        JsonNode value = members.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!isRight.test(value)) {
            throw new UnsendableRequest(name + " must be " + wanted);
        }
        return value;
    }
}
