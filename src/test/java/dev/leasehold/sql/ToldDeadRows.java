package dev.leasehold.sql;

/** Many rows that are gone, or few, as a test says. */
public final class ToldDeadRows extends DeadRows {

    private boolean many;

    public ToldDeadRows(boolean many) {
        this.many = many;
    }

    public void few() {
        many = false;
    }

    @Override
    public boolean areManyReady() {
        return many;
    }

    @Override
    public boolean areManyLeases() {
        return many;
    }
}
