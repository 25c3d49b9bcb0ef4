package io.fixlane.autograd.train;

import java.util.List;

/**
 * Where training is. There is no state of a random generator: the order of the images depends on
 * the seed and the epoch alone.
 *
 * @param epoch the current epoch, from 0
 * @param batch how many of its batches are done
 * @param loss the sum of the losses of its images so far
 * @param right how many of its images so far were put in the right class
 * @param images how many images it has seen so far
 * @param optimizerSteps how many steps the optimizer has taken
 * @param history the epochs that are done
 */
record TrainingState(
    int epoch,
    int batch,
    double loss,
    long right,
    long images,
    long optimizerSteps,
    List<EpochResult> history) {}
