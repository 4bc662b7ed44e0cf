package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Contender;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import dev.leasehold.bench.contender.Workload;
import java.sql.SQLException;

/** The released EAR on the provisioned WildFly. */
public final class Leasehold implements Contender {

    @Override
    public String name() {
        return "leasehold";
    }

    @Override
    public boolean knows(Case c) {
        return c.workload() == Workload.W2 || c.workload() == Workload.W4 || c.workload() == Workload.W7;
    }

    @Override
    public void load(Database db, Case c) throws SQLException {
        Expected expected = Forms.expected(c);
        Load.schema(db);
        if (expected.runs() > 0) {
            Load.runs(db, expected);
            Load.pause(db);
        }
    }

    @Override
    public Outcome run(Database db, Case c, Probe probe) throws Exception {
        return switch (c.workload()) {
            case W2, W4, W7 -> new Drain(db, c).run(probe);
            default -> throw new IllegalArgumentException(c.id());
        };
    }
}
