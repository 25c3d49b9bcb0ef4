package io.fixlane.cli.train;

import io.fixlane.cli.console.UserError;
import picocli.CommandLine.Option;

/** The options {@code --batch} and {@code --rate}: the steps of Adam. */
public final class StepOptions {
  /** In fixed point training begins near its end: its steps are smaller. */
  private static final float FINE_TUNING = 1 / 3f;
  private static final int FEW_IMAGES = 10_000;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "How many images a step takes (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "0.003",
      description = "Adam's learning rate in float; in fixed point it is a third of it (default: "
          + "${DEFAULT-VALUE}).")
  private float rate;

  /** Makes the options, for picocli to fill. */
  public StepOptions() {}

  /** Returns how many images a step takes. */
  public int batch() {
    return batch;
  }

  /** Returns the learning rate in float. */
  public float rate() {
    return rate;
  }

  /** Returns the learning rate in fixed point, for one in float. */
  public static float fineTuning(float rate) {
    return rate * FINE_TUNING;
  }

  /** Returns how often a training sees every image, of so many, where no option says it. */
  public static int epochs(int images) {
    return images < FEW_IMAGES ? 15 : 4;
  }

  /**
   * Requires that steps can be taken.
   *
   * @throws UserError if a value is out of its range
   */
  public void require() {
    Numbers.require("--batch", batch, 1, Integer.MAX_VALUE);
    if (!(rate > 0 && rate < Float.POSITIVE_INFINITY)) {
      throw new UserError("--rate is " + rate + ": it must be a positive number");
    }
  }
}
