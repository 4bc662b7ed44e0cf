package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Database;
import java.util.List;

/** What a node of the benchmark is told; all else is as shipped. */
final class Told {

    private Told() {}

    static List<String> of(Database database) {
        return List.of("-Dleasehold.database-url=" + database.url(), "-Dleasehold.database-user=" + Database.USER);
    }
}
