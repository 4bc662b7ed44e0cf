package dev.leasehold.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Stores a batch although the database refuses what is in it: it is halved until the culprit stands alone, and its
 * neighbours are stored (decisions 4).
 */
public final class Halves {

    private Halves() {}

    /**
     * Stores items in their order.
     *
     * @param items what to store
     * @param store stores some of them in a transaction of their own, and answers a result for each
     * @param refuse what to answer for an item that the database does not take
     * @return a result for each, in order
     * @throws RuntimeException what storing throws for another reason; what came before may be stored then
     */
    public static <R, T> List<T> store(
            List<R> items, Function<List<R>, List<T>> store, BiFunction<R, RuntimeException, T> refuse) {
        try {
            return store.apply(items);
        } catch (RuntimeException e) {
            if (items.isEmpty() || !Transient.refusesData(e)) {
                throw e;
            }
            return items.size() == 1 ? List.of(refuse.apply(items.get(0), e)) : halved(items, store, refuse);
        }
    }

    private static <R, T> List<T> halved(
            List<R> items, Function<List<R>, List<T>> store, BiFunction<R, RuntimeException, T> refuse) {
        int half = items.size() / 2;
        List<T> results = new ArrayList<>(store(items.subList(0, half), store, refuse));
        results.addAll(store(items.subList(half, items.size()), store, refuse));
        return results;
    }
}
