package dev.leasehold.testing;

import dev.leasehold.api.Handler;
import dev.leasehold.api.NewTask;
import java.util.List;
import javax.sql.DataSource;

/**
 * What a {@link CrashExplorer} tries: tasks, their handlers, and what must hold in the end. A new scenario is made for every
 * schedule of faults, so that its fields may stand for the world outside the database, such as mail that was sent. Handlers must
 * do the same whenever they meet the same: they use no threads of their own, and no other clock than the queue's.
 */
public interface Scenario {

    /**
     * Makes the application's tables, before everything else.
     *
     * @param dataSource an empty database but for the queue's schema {@code leasehold}
     * @throws Exception ends the exploration
     */
    default void prepare(DataSource dataSource) throws Exception {
        // some effects are outside the database
    }

    /**
     * New handlers for a process that starts: what they keep in memory dies with it.
     *
     * @param queue the process's own, to take its data source and tasks from
     * @throws Exception ends the exploration
     */
    List<Handler<?>> handlers(TestQueue queue) throws Exception;

    /** What is submitted at the beginning, in this order; tasks that end, since the exploration goes on until nothing is due. */
    List<NewTask> tasks();

    /**
     * Checks what must hold when nothing is due any more.
     *
     * @param queue to look at runs and the database
     * @throws AssertionError when it does not hold
     * @throws Exception the same
     */
    void check(TestQueue queue) throws Exception;
}
