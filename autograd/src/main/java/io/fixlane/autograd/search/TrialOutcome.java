package io.fixlane.autograd.search;

import java.io.Serializable;

/**
 * A result, and the network that it is of.
 *
 * @param result the numbers
 * @param network the bytes of a network file; none where the trial failed
 */
public record TrialOutcome(TrialResult result, byte[] network) implements Serializable {}
