package dev.leasehold.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.leasehold.client.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads values that stand in files, on standard input, or in the command line itself. */
final class Sources {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Sources() {}

    /** An object, written as JSON or as @ and a file's name. */
    static JsonNode object(String value, String option, String code) {
        String text = value.startsWith("@") ? text(value.substring(1), option) : value;
        try {
            JsonNode read = JSON.readTree(text);
            if (read != null && read.isObject()) {
                return read;
            }
        } catch (JsonProcessingException e) {
            throw CommandFailure.invalid(code, option + " is not JSON: " + e.getOriginalMessage());
        }
        throw CommandFailure.invalid(code, option + " must be a JSON object");
    }

    private static String text(String file, String option) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw CommandFailure.invalid("json_source_read_failed", option + ": " + e);
        }
    }

    /**
     * A payload from a file, or from standard input for {@code -}: JSON by its content type or when it is JSON, else text,
     * else bytes.
     */
    static Payload payload(Console console, String path, @Nullable String contentType) {
        byte[] bytes = bytes(console, path);
        if (contentType == null) {
            return guessed(bytes);
        }
        Payload.Form form = contentType.matches("(?i)application/(json|.*\\+json)(;.*)?")
                ? Payload.Form.JSON
                : guessed(bytes).form() == Payload.Form.BASE64 ? Payload.Form.BASE64 : Payload.Form.TEXT;
        try {
            return Payload.of(contentType, form, bytes);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.invalid("input_validation_failed", "--payload: " + e.getMessage());
        }
    }

    /** Bytes in the first form that they have: JSON, text, or just bytes. */
    static Payload guessed(byte[] bytes) {
        try {
            return Payload.of("application/json", Payload.Form.JSON, bytes);
        } catch (IllegalArgumentException noJson) {
            return textOrBytes(bytes);
        }
    }

    /** Text where the bytes are text that can be stored, else bytes. */
    static Payload textOrBytes(byte[] bytes) {
        try {
            return Payload.of("text/plain", Payload.Form.TEXT, bytes);
        } catch (IllegalArgumentException noText) {
            return Payload.bytes(bytes);
        }
    }

    private static byte[] bytes(Console console, String path) {
        try {
            return path.equals("-") ? console.in().readAllBytes() : Files.readAllBytes(Path.of(path));
        } catch (IOException | InvalidPathException e) {
            throw CommandFailure.invalid("payload_read_failed", "--payload: " + e);
        }
    }
}
