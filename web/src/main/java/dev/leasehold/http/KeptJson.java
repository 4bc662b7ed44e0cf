package dev.leasehold.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.leasehold.fault.Fault;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** Passes over a document within a request whose bytes are kept as they came, as strictly as over the rest. */
final class KeptJson {

    private final JsonParser parser;
    private final Function<String, Fault> refusal;
    private final int deepest;

    /**
     * A document that begins at the parser's current token.
     *
     * @param refusal made of a reason
     * @param deepest how deep it may be nested
     */
    KeptJson(JsonParser parser, Function<String, Fault> refusal, int deepest) {
        this.parser = parser;
        this.refusal = refusal;
        this.deepest = deepest;
    }

    /** Why a document that is nested deeper is refused. */
    static String tooDeep(int deepest) {
        return "must not be nested more than " + deepest + " deep";
    }

    /** Leaves the parser at the document's last token. */
    void check() throws IOException {
        check(1);
    }

    private void check(int depth) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> Text.whole(parser.getText(), refusal);
            default -> parser.finishToken();
        }
    }

    private void array(int depth) throws IOException {
        requireDepth(depth);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            check(depth + 1);
        }
    }

    private void object(int depth) throws IOException {
        requireDepth(depth);
        Set<String> names = new HashSet<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (!names.add(Text.whole(name, refusal))) {
                throw refusal.apply("has a member twice: " + name);
            }
            parser.nextToken();
            check(depth + 1);
        }
    }

    private void requireDepth(int depth) {
        if (depth > deepest) {
            throw refusal.apply(tooDeep(deepest));
        }
    }
}
