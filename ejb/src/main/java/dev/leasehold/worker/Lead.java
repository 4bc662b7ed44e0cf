package dev.leasehold.worker;

import java.util.List;

/**
 * A round to lead.
 *
 * @param finished what to store
 * @param wanted how many threads wait for work, the leader included
 * @param <F> something finished
 */
record Lead<F>(List<F> finished, int wanted) {}
