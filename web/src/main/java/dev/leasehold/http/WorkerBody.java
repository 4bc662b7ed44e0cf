package dev.leasehold.http;

import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.fault.NotSupportedYet;
import java.io.InputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads what a worker sends. */
final class WorkerBody {

    private WorkerBody() {}

    /**
     * Reads the body.
     *
     * @param headers answers the request's headers by name
     * @param largest the most bytes that it may have
     * @throws InvalidRequest when it has a key to be repeated under, which these requests do not need
     */
    static Members read(UnaryOperator<@Nullable String> headers, InputStream in, int largest) {
        byte[] body = RequestBody.read(headers, in, largest);
        if (headers.apply(Posted.KEY) != null) {
            throw new InvalidRequest(
                    Posted.KEY, "is not taken here: fence and claim_id make these requests safe to repeat");
        }
        if (headers.apply(Posted.MATCH) != null) {
            throw new NotSupportedYet(Posted.MATCH);
        }
        return JsonBody.read(body, InvalidRequest::new);
    }
}
