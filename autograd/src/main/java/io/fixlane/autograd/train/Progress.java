package io.fixlane.autograd.train;

import java.time.Duration;

/**
 * How far training is, after a step.
 *
 * @param epoch the number of the epoch, from 1
 * @param epochs how many there are
 * @param batch how many batches of the epoch are done
 * @param batches how many there are in an epoch
 * @param score the score on the images of this epoch so far
 * @param imagesPerSecond the speed of training since it was started or resumed, evaluation included
 * @param remaining how long it will take until the last epoch ends, at that speed
 */
public record Progress(
    int epoch,
    int epochs,
    int batch,
    int batches,
    Score score,
    double imagesPerSecond,
    Duration remaining) {}
