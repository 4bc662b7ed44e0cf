package dev.leasehold.worker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies at a desk until somebody stores it, under the desk's lock.
 *
 * @param <F> something finished
 */
final class Results<F> {

    private List<F> all = new ArrayList<>();

    void add(@Nullable F one) {
        if (one != null) {
            all.add(one);
        }
    }

    List<F> take() {
        List<F> taken = all;
        all = new ArrayList<>();
        return taken;
    }

    void putBack(List<F> taken) {
        all.addAll(0, taken);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }
}
