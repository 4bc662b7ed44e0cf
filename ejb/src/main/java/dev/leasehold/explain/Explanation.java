package dev.leasehold.explain;

import java.util.List;
import java.util.UUID;

/**
 * Why a run is not running.
 *
 * @param runId the run
 * @param state its state's word
 * @param runnable whether a claim would take it now
 * @param gates every condition of a claim, in the order in which they are tested
 */
public record Explanation(UUID runId, String state, boolean runnable, List<Gate> gates) {}
