package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Takes a request's bytes in, if they say that they are JSON and are not too many. */
final class RequestBody {

    private RequestBody() {}

    /**
     * Reads the whole body.
     *
     * @param headers answers the request's headers by name
     * @param in the body; not closed
     * @param largest the most bytes that it may have
     */
    static byte[] read(UnaryOperator<@Nullable String> headers, InputStream in, int largest) {
        if (!isJson(headers.apply("Content-Type")) || isEncoded(headers.apply("Content-Encoding"))) {
            throw new UnsupportedMedia();
        }
        if (announced(headers.apply("Content-Length")) > largest) {
            throw new RequestTooLarge(largest);
        }
        byte[] bytes = all(in, largest);
        if (bytes.length > largest) {
            throw new RequestTooLarge(largest);
        }
        return bytes;
    }

    /** Reads a body that may be empty, whatever it then says that it is: the empty object stands for it. */
    static byte[] readOptional(UnaryOperator<@Nullable String> headers, InputStream in, int largest) {
        PushbackInputStream body = new PushbackInputStream(in);
        return isEmpty(body) ? new byte[] {'{', '}'} : read(headers, body, largest);
    }

    private static boolean isEmpty(PushbackInputStream body) {
        try {
            int first = body.read();
            if (first >= 0) {
                body.unread(first);
            }
            return first < 0;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private static byte[] all(InputStream in, int largest) {
        try {
            return in.readNBytes(largest + 1);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** Undertow says so when its own limit is reached; its class cannot be seen from here. */
    private static Fault refusal(IOException e) {
        return e.getClass().getSimpleName().equals("RequestTooBigException")
                ? new RequestTooLarge()
                : new UnreadableBody();
    }

    private static long announced(@Nullable String length) {
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private static boolean isEncoded(@Nullable String encoding) {
        return encoding != null && !encoding.equalsIgnoreCase("identity");
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String[] parts =
                contentType.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "").split(";", -1);
        boolean utf8 = true;
        for (String part : parts) {
            utf8 &= !part.startsWith("charset=") || part.equals("charset=utf-8");
        }
        return utf8 && parts[0].equals("application/json");
    }
}
