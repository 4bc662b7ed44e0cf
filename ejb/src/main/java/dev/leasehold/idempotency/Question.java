package dev.leasehold.idempotency;

import dev.leasehold.sql.Values;
import dev.leasehold.tenant.Caller;

/**
 * What is asked, by whom, and under which key: within this scope a key stands for one question (http.md 3).
 *
 * @param caller the tenant and the subject that ask
 * @param method the HTTP method, or the name of the command
 * @param path what it is about
 * @param key chosen by whoever asks, 1 to 255 characters
 * @param digest tells this question from another under the same key; at most 64 characters
 */
public record Question(Caller caller, String method, String path, String key, String digest) {

    Values values() {
        return new Values()
                .set("tenant", caller.tenant())
                .set("subject", caller.subject())
                .set("method", method)
                .set("path", path)
                .set("idempotency_key", key)
                .set("request_digest", digest);
    }
}
