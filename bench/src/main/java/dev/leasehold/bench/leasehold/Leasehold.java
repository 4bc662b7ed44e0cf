package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Contender;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import java.sql.SQLException;

/** The released EAR on the provisioned WildFly. */
public final class Leasehold implements Contender {

    @Override
    public String name() {
        return "leasehold";
    }

    @Override
    public boolean knows(Case c) {
        return true;
    }

    @Override
    public int runs(Case c) {
        return Forms.runs(c);
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
            case W1 -> new Enqueue(db, c).run(probe);
            case W2, W4, W7 -> new Drain(db, c).run(probe);
            case W3 -> new Wake(db, c).run(probe);
            case W5 -> new OverHttp(db, c).run(probe);
            case W6 -> new OldSnapshot(db, c).run(probe);
            case W8 -> new Cancels(db, c).run(probe);
        };
    }
}
