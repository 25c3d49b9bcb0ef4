package io.fixlane.cli.train;

import io.fixlane.autograd.data.Augmentation;
import io.fixlane.autograd.optim.Schedule;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.cli.console.UserError;
import picocli.CommandLine.Option;

/** The options that keep a network from learning its images by heart, and its first steps small. */
final class Regularization {
  private static final int MOST_SHIFT = 1024;

  @Option(
      names = "--shift",
      paramLabel = "N",
      defaultValue = "0",
      description = "Moves each training image by up to N pixels, at random (default: "
          + "${DEFAULT-VALUE}).")
  private int shift;

  @Option(
      names = "--mirror",
      description = "Mirrors every other training image, at random.")
  private boolean mirror;

  @Option(
      names = "--label-smoothing",
      paramLabel = "PART",
      defaultValue = "0",
      description = "The part of each label that is spread over all classes while training "
          + "(default: ${DEFAULT-VALUE}).")
  private float smoothing;

  @Option(
      names = "--weight-decay",
      paramLabel = "DECAY",
      defaultValue = "0",
      description = "How strongly weights are drawn to 0 in a step: by DECAY x --rate (default: "
          + "${DEFAULT-VALUE}).")
  private float decay;

  @Option(
      names = "--warmup",
      paramLabel = "EPOCHS",
      defaultValue = "0",
      description = "In how many epochs the learning rate rises to --rate (default: "
          + "${DEFAULT-VALUE}).")
  private double warmup;

  /** Makes the options, for picocli to fill. */
  Regularization() {}

  /**
   * Checks the options.
   *
   * @throws UserError if one is out of its range
   */
  void require() {
    Numbers.require("--shift", shift, 0, MOST_SHIFT);
    require("--label-smoothing", smoothing, smoothing >= 0 && smoothing < 1,
        "at least 0 and below 1");
    require("--weight-decay", decay, decay >= 0 && decay < Float.POSITIVE_INFINITY,
        "0 or a positive number");
    require("--warmup", warmup, warmup >= 0 && warmup < Double.POSITIVE_INFINITY,
        "0 or a positive number");
  }

  private static void require(String option, Number value, boolean isGood, String rule) {
    if (!isGood) {
      throw new UserError(option + " is " + value + ": it must be " + rule);
    }
  }

  /** Returns a plan with what these say. */
  TrainingPlan in(TrainingPlan plan) {
    return plan.withAugmentation(new Augmentation(shift, mirror)).withSmoothing(smoothing)
        .withSchedule(new Schedule.Cosine(warmup));
  }

  /** Returns how strongly weights are drawn to 0. */
  float decay() {
    return decay;
  }
}
