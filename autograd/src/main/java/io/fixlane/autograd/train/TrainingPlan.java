package io.fixlane.autograd.train;

import io.fixlane.autograd.data.Augmentation;
import io.fixlane.autograd.optim.Schedule;

/**
 * How long and in which steps a network is trained.
 *
 * @param epochs how often it sees every image
 * @param batchSize how many images a step takes
 * @param seed what the order of the images is drawn from
 * @param threads how many threads compute; the results do not depend on them
 * @param schedule how the learning rates change
 * @param patience after how many epochs without a better test accuracy training stops, and takes
 *     the weights of the best epoch; 0 to train all epochs and take the last
 * @param augmentation how images are changed each time that they are trained with
 * @param smoothing the part of a label that is spread over all classes while training, at least 0
 *     and below 1
 */
public record TrainingPlan(
    int epochs,
    int batchSize,
    long seed,
    int threads,
    Schedule schedule,
    int patience,
    Augmentation augmentation,
    float smoothing) {
  /**
   * Makes a plan.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public TrainingPlan {
    require("epochs", epochs, 1);
    require("batchSize", batchSize, 1);
    require("threads", threads, 1);
    require("patience", patience, 0);
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "smoothing is " + smoothing + ": it must be at least 0 and below 1");
    }
  }

  private static void require(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ": it must be at least " + least);
    }
  }

  /**
   * Makes a plan of batches of 64, with seed 0, one thread, constant rates, all epochs, and images
   * and labels as they are.
   */
  public static TrainingPlan ofEpochs(int epochs) {
    return new TrainingPlan(
        epochs, 64, 0, 1, new Schedule.Constant(), 0, Augmentation.NONE, 0);
  }

  /** Returns the plan with another batch size. */
  public TrainingPlan withBatchSize(int size) {
    return new TrainingPlan(
        epochs, size, seed, threads, schedule, patience, augmentation, smoothing);
  }

  /** Returns the plan with another seed. */
  public TrainingPlan withSeed(long newSeed) {
    return new TrainingPlan(
        epochs, batchSize, newSeed, threads, schedule, patience, augmentation, smoothing);
  }

  /** Returns the plan with another number of threads. */
  public TrainingPlan withThreads(int count) {
    return new TrainingPlan(
        epochs, batchSize, seed, count, schedule, patience, augmentation, smoothing);
  }

  /** Returns the plan with another schedule. */
  public TrainingPlan withSchedule(Schedule newSchedule) {
    return new TrainingPlan(
        epochs, batchSize, seed, threads, newSchedule, patience, augmentation, smoothing);
  }

  /** Returns the plan with another patience. */
  public TrainingPlan withPatience(int newPatience) {
    return new TrainingPlan(
        epochs, batchSize, seed, threads, schedule, newPatience, augmentation, smoothing);
  }

  /** Returns the plan with other changes of images. */
  public TrainingPlan withAugmentation(Augmentation newAugmentation) {
    return new TrainingPlan(
        epochs, batchSize, seed, threads, schedule, patience, newAugmentation, smoothing);
  }

  /** Returns the plan with another smoothing of labels. */
  public TrainingPlan withSmoothing(float newSmoothing) {
    return new TrainingPlan(
        epochs, batchSize, seed, threads, schedule, patience, augmentation, newSmoothing);
  }
}
