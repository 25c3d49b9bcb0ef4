package io.fixlane.autograd.train;

import java.nio.file.Path;
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
    List<EpochResult> history) {
  /**
   * Requires that a training comes by here: one that is beyond its last epoch or batch would never
   * end.
   *
   * @throws CheckpointException if not
   */
  void requireWithin(Path file, int epochs, int batches) throws CheckpointException {
    require(file, "epoch", epoch, epochs);
    require(file, "batch", batch, epoch == epochs ? 0 : batches - 1);
    require(file, "number of steps", optimizerSteps, Long.MAX_VALUE);
    require(file, "number of images", images, Long.MAX_VALUE);
    require(file, "number of images in the right class", right, images);
    for (int i = 0; i < Math.max(epoch, history.size()); i++) {
      if (i >= epoch || i >= history.size() || history.get(i).epoch() != i + 1) {
        throw new CheckpointException(
            file, "it is damaged: its results are not those of its first " + epoch + " epochs");
      }
    }
  }

  private static void require(Path file, String what, long value, long most)
      throws CheckpointException {
    if (value < 0 || value > most) {
      throw new CheckpointException(
          file, "it is damaged: its " + what + " is " + value + ": it must be in 0.." + most);
    }
  }
}
