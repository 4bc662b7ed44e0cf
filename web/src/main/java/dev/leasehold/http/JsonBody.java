package dev.leasehold.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.leasehold.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's JSON strictly: one document in UTF-8, no member twice, no U+0000 and no lone surrogate. The bytes of
 * a task's {@code payload.json}, of {@code output.json} in a worker's report, and of a note's {@code data} are kept as
 * they came, nested at most 100 deep.
 */
final class JsonBody {

    private static final String BODY = "body";
    private static final Pattern KEPT =
            Pattern.compile("payload\\.json|events\\[[0-9]+]\\.data|attempts\\[[0-9]+]\\.outcome\\.output\\.json");
    private static final Pattern SEPARATE = Pattern.compile("tasks\\[[0-9]+]");
    private static final int DEEPEST = 100;
    private static final int DEEPEST_OF_MANY = 1000;
    private static final int DEPTH_OF_KEPT = 5;
    private static final int MOST_VALUES = 100_000;

    private static final JsonFactory DOCUMENTS = nestedAtMost(DEEPEST);
    private static final JsonFactory REQUESTS = nestedAtMost(DEEPEST + DEPTH_OF_KEPT);

    private static final JsonFactory MANY = nestedAtMost(DEEPEST_OF_MANY);

    private final JsonParser parser;
    private final byte[] bytes;
    private final BiFunction<String, String, Fault> refusal;
    private String at = BODY;
    private int values;

    private JsonBody(JsonParser parser, byte[] bytes, BiFunction<String, String, Fault> refusal) {
        this.parser = parser;
        this.bytes = bytes;
        this.refusal = refusal;
    }

    /**
     * Reads a body that must be an object.
     *
     * @param bytes the body
     * @param refusal made of a member's path and a reason
     * @throws MalformedJson when it is no JSON document
     */
    static Members read(byte[] bytes, BiFunction<String, String, Fault> refusal) {
        return read(REQUESTS, bytes, refusal);
    }

    /**
     * Reads a body that must be an object and whose {@code tasks} are requests of their own: of those only that they are
     * JSON is known then.
     */
    static Members readMany(byte[] bytes, BiFunction<String, String, Fault> refusal) {
        return read(MANY, bytes, refusal);
    }

    private static Members read(JsonFactory factory, byte[] bytes, BiFunction<String, String, Fault> refusal) {
        Text.requireUtf8(bytes);
        try (JsonParser parser = factory.createParser(bytes)) {
            return new JsonBody(parser, bytes, refusal).document();
        } catch (JsonProcessingException e) {
            throw malformed(e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the bytes are a document that may stand as {@code payload.json}, numbers and literals included. */
    static boolean isDocument(byte[] bytes) {
        try (JsonParser parser = DOCUMENTS.createParser(bytes)) {
            Text.requireUtf8(bytes);
            JsonToken first = parser.nextToken();
            parser.skipChildren();
            return first != null && parser.nextToken() == null;
        } catch (IOException | MalformedJson e) {
            return false;
        }
    }

    /** A body has its bound; names, numbers and strings within it have those of whoever reads them. */
    private static JsonFactory nestedAtMost(int depth) {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    @SuppressWarnings("unchecked") // there are no other maps
    private Members document() throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw malformed(parser.currentLocation());
            }
            Object root = value(BODY, "");
            if (parser.nextToken() != null) {
                throw malformed(parser.currentTokenLocation());
            }
            if (root instanceof Map) {
                return new Members("", (Map<String, @Nullable Object>) root, refusal);
            }
        } catch (StreamConstraintsException e) {
            throw refusal.apply(at, KeptJson.tooDeep(DEEPEST));
        }
        throw refusal.apply(BODY, "must be an object");
    }

    private @Nullable Object value(String path, String prefix) throws IOException {
        at = path;
        count(path);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(prefix);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> clean(path, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private void count(String path) {
        if (++values > MOST_VALUES) {
            throw refusal.apply(path, "is one of too many values");
        }
    }

    private Map<String, @Nullable Object> object(String prefix) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            String path = clean(prefix + name, prefix + name);
            if (members.containsKey(name)) {
                throw refusal.apply(path, "is given twice");
            }
            parser.nextToken();
            members.put(name, KEPT.matcher(path).matches() ? kept(path) : value(path, path + "."));
        }
        return members;
    }

    private List<@Nullable Object> array(String path) throws IOException {
        List<@Nullable Object> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String entry = path + "[" + entries.size() + "]";
            entries.add(SEPARATE.matcher(entry).matches() ? separate(entry) : value(entry, entry + "."));
        }
        return entries;
    }

    private byte[] separate(String path) throws IOException {
        count(path);
        long start = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return Arrays.copyOfRange(
                bytes, (int) start, (int) parser.currentLocation().getByteOffset());
    }

    private byte[] kept(String path) throws IOException {
        at = path;
        long start = parser.currentTokenLocation().getByteOffset();
        new KeptJson(parser, reason -> refusal.apply(path, reason), DEEPEST).check();
        long end = parser.currentLocation().getByteOffset();
        return Arrays.copyOfRange(bytes, (int) start, (int) end);
    }

    private String clean(String path, String text) {
        return Text.whole(text, reason -> refusal.apply(path, reason));
    }

    private static MalformedJson malformed(@Nullable JsonLocation where) {
        return where == null ? new MalformedJson(1, 1) : new MalformedJson(where.getLineNr(), where.getColumnNr());
    }
}
