package io.fixlane.autograd.train;

import java.util.List;

/**
 * What training came to.
 *
 * @param history every epoch, those before an interruption too
 * @param best the epoch whose weights the network has: the best one where training has a patience,
 *     else the last
 */
public record TrainingResult(List<EpochResult> history, EpochResult best) {}
