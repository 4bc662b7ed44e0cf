package dev.leasehold.http;

import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.fault.NotSupportedYet;
import java.io.InputStream;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What PUT requests to something by its name have in common. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private Names() {}

    /** The name of a queue or a type. */
    static String require(String field, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidRequest(field, "must be 1 to 128 of letters, digits and . _ - :");
        }
        return name;
    }

    /** The body; neither queues nor limits have a version that a request could ask for. */
    static Members body(UnaryOperator<@Nullable String> headers, InputStream body, int largest) {
        if (headers.apply(Posted.MATCH) != null) {
            throw new NotSupportedYet(Posted.MATCH);
        }
        return JsonBody.read(RequestBody.read(headers, body, largest), InvalidRequest::new);
    }
}
