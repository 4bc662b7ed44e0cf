package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What tells a node from the next; all else is as shipped.
 *
 * @param ear what is deployed
 * @param offset from the usual ports
 * @param threads of the workers; 0 for none
 * @param settings system properties, as for {@code java}
 */
record Layout(Path ear, int offset, int threads, List<String> settings) {

    private static final int OFFSET = 7100;
    private static final int APART = 100;

    /** A node on that database. */
    static Layout of(Database database, Path ear, int threads) {
        return new Layout(
                ear,
                OFFSET,
                threads,
                List.of("-Dleasehold.database-url=" + database.url(), "-Dleasehold.database-user=" + Database.USER));
    }

    /** Another one at the same time. */
    Layout beside() {
        List<String> named = new ArrayList<>(settings);
        named.add("-Dleasehold.node=other");
        return new Layout(ear, offset + APART, threads, named);
    }
}
