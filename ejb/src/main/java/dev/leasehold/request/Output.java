package dev.leasehold.request;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leasehold.api.Payload;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a successful request leaves behind: status, some headers, and the body as text or else as base64. */
final class Output {

    private static final List<String> HEADERS =
            List.of("content-language", "content-type", "date", "etag", "last-modified", "location");
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\\s\";]+)");

    /** Room for the members beside the body. */
    private static final int FRAME = 4096;

    private final HttpHeaders headers;
    private final int status;
    private final Body body;

    Output(HttpResponse<Body> response) {
        headers = response.headers();
        status = response.statusCode();
        body = response.body();
    }

    /** How many bytes of a body to keep for an output of so many: they fit as base64. */
    static int room(int largest) {
        return Math.max(0, (largest - FRAME) / 4 * 3);
    }

    /** The output, in JSON; without headers and body where not even they fit. */
    Payload payload(int largest) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.put("status", status);
        ObjectNode kept = output.putObject("headers");
        HEADERS.forEach(name -> headers.firstValue(name).ifPresent(value -> kept.put(name, value)));
        if (body.truncated()) {
            output.put("body_truncated", true);
        }
        byte[] bytes = body.bytes();
        String text = text(bytes);
        String base64 = Base64.getEncoder().encodeToString(bytes);
        return Stream.of(text == null ? null : output.deepCopy().put("body", text), output.put("base64", base64))
                .filter(Objects::nonNull)
                .map(form -> Payload.json(form.toString()))
                .filter(form -> form.size() <= largest)
                .findFirst()
                .orElseGet(() -> Payload.json("{\"status\":" + status + ",\"body_truncated\":true}"));
    }

    /** The text in its charset, a last character that was cut left out; null when it is none. */
    private @Nullable String text(byte[] bytes) {
        CharsetDecoder decoder = charset().newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(in, out, !body.truncated());
        String text = out.flip().toString();
        return result.isError() || text.indexOf(0) >= 0 ? null : text;
    }

    private Charset charset() {
        Matcher named = CHARSET.matcher(headers.firstValue("content-type").orElse(""));
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
