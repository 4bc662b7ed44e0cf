package dev.leasehold.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Splits a list in which an id may occur twice: each round holds an id once, and later ones come in later rounds. */
public final class Rounds {

    private Rounds() {}

    /** The rounds in their order, each ascending by id, which is the order in which rows are locked. */
    public static <T> List<List<T>> of(List<T> items, Function<T, UUID> id) {
        Map<UUID, List<T>> byId = new LinkedHashMap<>();
        items.forEach(item ->
                byId.computeIfAbsent(id.apply(item), key -> new ArrayList<>()).add(item));
        List<List<T>> rounds = new ArrayList<>();
        new TreeMap<>(byId).values().forEach(same -> {
            for (int i = 0; i < same.size(); i++) {
                if (rounds.size() == i) {
                    rounds.add(new ArrayList<>());
                }
                rounds.get(i).add(same.get(i));
            }
        });
        return rounds;
    }
}
