package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** The body says that it is something else than JSON in UTF-8, or does not say what it is. */
final class UnsupportedMedia extends Fault {

    private static final long serialVersionUID = 1L;

    UnsupportedMedia() {
        super(
                Kind.UNSUPPORTED_MEDIA,
                "unsupported_media_type",
                "the body must be application/json in UTF-8",
                Map.of("supported", "application/json"));
    }
}
