package dev.leasehold.bench.contender;

/** What is measured; one table for each. */
public enum Workload {
    W1("Enqueue"),
    W2("Drain of no-op runs"),
    W3("Latency from the commit to the start of the handler, 50 a second"),
    W4("Drain beside finished and future runs"),
    W5("Over HTTP"),
    W6("Drain while a session holds an old snapshot"),
    W7("Drain by 1 to 64 workers"),
    W8("Latency from the request of a cancel to the handler's token");

    private final String title;

    Workload(String title) {
        this.title = title;
    }

    /** The heading of its table. */
    public String title() {
        return title;
    }
}
