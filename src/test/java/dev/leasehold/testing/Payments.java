package dev.leasehold.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Handler;
import dev.leasehold.api.NewTask;
import dev.leasehold.run.RunState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Pays once for each task: a scenario whose handler is the test's. */
final class Payments implements Scenario {

    /** What a test's handler is made with. */
    record World(TestQueue queue, Accounts accounts, List<Object> mail) {}

    private final BiFunction<World, Written.Body, Handler<?>> kind;
    private final Making making;
    private final List<NewTask> tasks;
    private final List<Object> mail = new ArrayList<>();
    private Invariant invariant = Payments::paidOnce;

    /** Makes a process's handler. */
    @FunctionalInterface
    interface Making {
        Written.Body of(World world);
    }

    /** What must hold. */
    @FunctionalInterface
    interface Invariant {
        void check(World world) throws SQLException;
    }

    private Payments(BiFunction<World, Written.Body, Handler<?>> kind, String type, Making making) {
        this.kind = kind;
        this.making = making;
        tasks = new ArrayList<>(List.of(task(type)));
    }

    /** The handler's writes commit one by one. */
    static Supplier<Scenario> alone(Making making) {
        return () -> new Payments((world, body) -> new Written.Alone(body), "alone", making);
    }

    /** The handler's writes commit with its completion. */
    static Supplier<Scenario> together(Making making) {
        return () -> new Payments((world, body) -> new Written.Together(body), "together", making);
    }

    /** Two tasks of one kind that share a key, with another invariant. */
    static Supplier<Scenario> keyed(Making making, NewTask.Gates gates, Invariant invariant) {
        return () -> {
            Payments payments = (Payments) alone(making).get();
            NewTask one = payments.tasks.get(0).gates(gates);
            payments.tasks.clear();
            payments.tasks.addAll(List.of(one, one));
            payments.invariant = invariant;
            return payments;
        };
    }

    /** The same with another invariant. */
    static Supplier<Scenario> checked(Supplier<Scenario> scenarios, Invariant invariant) {
        return () -> {
            Payments payments = (Payments) scenarios.get();
            payments.invariant = invariant;
            return payments;
        };
    }

    private static NewTask task(String type) {
        return NewTask.of(type).maxAttempts(9).retryEvery(Duration.ofSeconds(5));
    }

    @Override
    public void prepare(DataSource dataSource) throws SQLException {
        Accounts.create(dataSource);
    }

    @Override
    public List<Handler<?>> handlers(TestQueue queue) {
        World world = world(queue);
        return List.of(kind.apply(world, making.of(world)));
    }

    @Override
    public List<NewTask> tasks() {
        return tasks;
    }

    @Override
    public void check(TestQueue queue) throws SQLException {
        assertThat(queue.runs()).extracting(RunView::state).containsOnly(RunState.COMPLETED);
        invariant.check(world(queue));
    }

    private World world(TestQueue queue) {
        return new World(queue, new Accounts(queue.dataSource()), mail);
    }

    private static void paidOnce(World world) throws SQLException {
        assertThat(world.accounts().payments()).as("payments").isEqualTo(1);
    }
}
