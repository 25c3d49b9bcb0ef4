package io.fixlane.jmh;

import java.util.SplittableRandom;

/**
 * The images that a step of training sees, which any library can learn: the higher its class, the
 * brighter an image is.
 *
 * @param side pixels in a row and rows of an image
 * @param channels numbers of a pixel
 * @param pixels SIZE images
 * @param labels their classes
 */
public record TrainingBatch(int side, int channels, float[] pixels, int[] labels) {
  /** How many images. */
  public static final int SIZE = 64;
  /** How many classes. */
  public static final int CLASSES = 10;

  private static final int CHECKED_STEPS = 60;

  /** Takes a step of training. */
  public interface Step {
    /** Returns the loss before the step. */
    float take();
  }

  /** Makes the batch for a network: the same in every run. */
  public static TrainingBatch of(TrainingStepBenchmark.Network network) {
    int side = network.side();
    int size = side * side * network.channels();
    SplittableRandom random = new SplittableRandom(1);
    float[] pixels = new float[SIZE * size];
    int[] labels = random.ints(SIZE, 0, CLASSES).toArray();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble() + labels[i / size];
    }
    return new TrainingBatch(side, network.channels(), pixels, labels);
  }

  /**
   * Checks that a network learns the batch.
   *
   * @throws IllegalStateException if the loss does not fall to less than a half in 60 steps
   */
  public static void check(Step step) {
    float first = step.take();
    float last = first;
    for (int i = 0; i < CHECKED_STEPS; i++) {
      last = step.take();
    }
    if (!(last < first / 2)) {
      throw new IllegalStateException(
          "the loss went from " + first + " to " + last + ": it must fall to less than a half");
    }
  }
}
