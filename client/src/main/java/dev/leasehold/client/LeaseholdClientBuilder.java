package dev.leasehold.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/** Says how to reach a server. */
public final class LeaseholdClientBuilder {

    private final URI base;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration timeout = Duration.ofSeconds(15);
    private Retries retries = Retries.USUAL;
    private String userAgent = "leasehold-java";

    LeaseholdClientBuilder(URI base) {
        this.base = Optional.of(base)
                .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                .filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null)
                .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
                .map(uri -> URI.create(uri.toString().replaceAll("/+$", "")))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the address must be http or https, with a host, without user, query and fragment"));
    }

    /** How long a connection may take; 5 s unless said. */
    public LeaseholdClientBuilder connectTimeout(Duration longest) {
        connectTimeout = longest;
        return this;
    }

    /** How long an answer may take, beyond what the server was asked to wait; 15 s unless said. */
    public LeaseholdClientBuilder timeout(Duration longest) {
        timeout = longest;
        return this;
    }

    /** How often a request is sent again; {@link Retries#USUAL} unless said. */
    public LeaseholdClientBuilder retries(Retries policy) {
        retries = policy;
        return this;
    }

    /** How the program calls itself. */
    public LeaseholdClientBuilder userAgent(String name) {
        userAgent = name;
        return this;
    }

    /** The client. */
    public LeaseholdClient build() {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
        return new LeaseholdClient(new Transport(http, base, timeout, retries, userAgent));
    }
}
