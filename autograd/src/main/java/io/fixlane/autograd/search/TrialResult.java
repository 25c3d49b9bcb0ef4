package io.fixlane.autograd.search;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a trial came to.
 *
 * @param trial the trial
 * @param accuracy the part of the images to choose by that is put in the right class
 * @param testAccuracy the part of the test images, by which nothing is chosen
 * @param loss the mean loss on the images to choose by
 * @param cost what its network costs; null where it failed
 * @param sameWords on how many test images the integer network gives every word of training
 * @param testImages how many there are
 * @param failure why there is no network; null where there is one
 */
public record TrialResult(
    Trial trial,
    double accuracy,
    double testAccuracy,
    double loss,
    @Nullable TrialCost cost,
    int sameWords,
    int testImages,
    @Nullable String failure) implements Serializable {
  static TrialResult failed(Trial trial, String why) {
    return new TrialResult(trial, 0, 0, 0, null, 0, 0, why);
  }

  /** Returns whether there is a network. */
  public boolean succeeded() {
    return failure == null;
  }

  /** Returns whether the integer network gave every word of training, or there is none. */
  public boolean gaveSameWords() {
    return sameWords == testImages;
  }

  /**
   * Returns the cost.
   *
   * @throws IllegalStateException if the trial failed
   */
  public TrialCost costOrThrow() {
    if (cost == null) {
      throw new IllegalStateException(trial.key() + " has no cost: it failed, " + failure);
    }
    return cost;
  }
}
