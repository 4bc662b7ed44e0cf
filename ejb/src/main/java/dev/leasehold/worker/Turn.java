package dev.leasehold.worker;

import org.jspecify.annotations.Nullable;

/**
 * What a thread at the desk does next: exactly one of its members is there.
 *
 * @param started work for this thread
 * @param lead a round to lead
 * @param <F> something finished
 * @param <S> something started
 */
record Turn<F, S>(@Nullable S started, @Nullable Lead<F> lead) {}
