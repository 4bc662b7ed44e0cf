package dev.leasehold.http;

import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.fault.NotSupportedYet;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A POST request that may be sent again under its key (http.md 3). */
final class Posted {

    static final String KEY = "Idempotency-Key";
    static final String MATCH = "If-Match";

    private static final Pattern KEY_FORM = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final Pattern VERSION = Pattern.compile("\"([0-9]{1,9})\"");
    private static final int LONGEST_PATH = 1000;

    private final String path;
    private final byte[] body;
    private final @Nullable String key;
    private final @Nullable String match;

    private Posted(String path, byte[] body, UnaryOperator<@Nullable String> headers) {
        this.path = path.replaceAll(";[^/]*", "").replaceFirst("/+$", "");
        this.body = body;
        this.key = headers.apply(KEY);
        this.match = headers.apply(MATCH);
        if (key != null && !KEY_FORM.matcher(key).matches()) {
            throw new InvalidRequest(KEY, "must be 1 to 255 visible ASCII characters");
        }
        if (key != null && this.path.length() > LONGEST_PATH) {
            throw new InvalidRequest(KEY, "cannot be kept for a path of more than " + LONGEST_PATH + " characters");
        }
    }

    /**
     * A request with a body.
     *
     * @param path as it was asked for, escapes included
     * @param headers answers the request's headers by name
     * @param largest the most bytes that its body may have
     */
    static Posted withBody(String path, UnaryOperator<@Nullable String> headers, InputStream in, int largest) {
        return new Posted(path, RequestBody.read(headers, in, largest), headers).unconditional();
    }

    /** A request all of whose members may be left out, and the body with them. */
    static Posted bodyOptional(String path, UnaryOperator<@Nullable String> headers, InputStream in, int largest) {
        return order(path, headers, in, largest).unconditional();
    }

    /** The same, of something that has a version. */
    static Posted order(String path, UnaryOperator<@Nullable String> headers, InputStream in, int largest) {
        return new Posted(path, RequestBody.readOptional(headers, in, largest), headers);
    }

    private Posted unconditional() {
        if (match != null) {
            throw new NotSupportedYet(MATCH);
        }
        return this;
    }

    /** The path, without what makes no other one of it: matrix parameters, and a slash at its end. */
    String path() {
        return path;
    }

    byte[] body() {
        return body;
    }

    Members members(String... known) {
        return JsonBody.read(body, InvalidRequest::new).only(known);
    }

    /** The key under which it may be repeated. */
    @Nullable
    String key() {
        return key;
    }

    /** The version that it asks for; null for any. */
    @Nullable
    Integer version() {
        if (match == null || match.equals("*")) {
            return null;
        }
        Matcher version = VERSION.matcher(match);
        if (!version.matches()) {
            throw new InvalidRequest(MATCH, "must be * or a version in double quotes");
        }
        return Integer.valueOf(version.group(1));
    }

    /** Tells it from other requests: SHA-256 over all that counts of it. */
    String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((match == null ? "\n" : match + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
