package io.fixlane.cli.experiments;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a task.
 *
 * @param row what was trained
 * @param seed its seed
 * @param accuracy the part of all test images that is put in the right class
 * @param loss the mean loss of these
 * @param epochs each epoch of this task, without those it went on from
 * @param tracks how each I was learned; only of the first seed
 * @param casts what each cast came to, in fixed point
 * @param calibrations what each rule came to, for PTQ, or each type that was tried by hand
 * @param cost the products of an image in bits x bits, as {@link
 *     io.fixlane.autograd.fixed.BitCost} counts them; null in float
 * @param words the comparison of the deployed network; null where none was made
 * @param failure why there is no result; null where there is one
 */
record TaskResult(
    Row row,
    int seed,
    double accuracy,
    double loss,
    List<Epoch> epochs,
    List<Track> tracks,
    List<CastUse> casts,
    List<Calibration> calibrations,
    @Nullable Double cost,
    @Nullable Words words,
    @Nullable String failure) {
  /**
   * An epoch.
   *
   * @param epoch its number, from 1, those before this task included
   * @param trainAccuracy on its images, each at its step
   * @param trainLoss on the same
   * @param accuracy on some test images, after it
   */
  record Epoch(int epoch, double trainAccuracy, double trainLoss, double accuracy) {}

  /**
   * The learned I of a cast, before it is rounded.
   *
   * @param cast its path in the network
   * @param epochs when, in epochs from the first one of all on
   * @param integerBits what it was then
   */
  record Track(String cast, List<Double> epochs, List<Double> integerBits) {}

  /**
   * What a cast came to.
   *
   * @param cast its path in the network
   * @param format its format in the end
   * @param startBits I as it was calibrated
   * @param saturated the part of the numbers beyond the range, on some test images
   * @param histogram how many of these lie where in the range, see {@link CastCounts}
   */
  record CastUse(
      String cast, String format, int startBits, double saturated, List<Long> histogram) {}

  /**
   * What a rule of calibration came to, or one type for all words.
   *
   * @param start the rule
   * @param integerBits I of the one type; null where the rule chose each I
   * @param trainAccuracy on some training images, by which the best rule is chosen
   * @param accuracy on some test images
   */
  record Calibration(
      Start start, @Nullable Integer integerBits, double trainAccuracy, double accuracy) {}

  /**
   * Of how many samples the deployed network gave the same words.
   *
   * @param same of how many all words were the same
   * @param samples how many there are
   */
  record Words(int same, int samples) {}

  /** Returns the task. */
  Task task() {
    return new Task(row, seed);
  }

  /** Returns the result of a task that failed. */
  static TaskResult failed(Task task, String why) {
    return new TaskResult(task.row(), task.seed(), 0, 0, List.of(), List.of(), List.of(), List.of(),
        null, null, why);
  }
}
