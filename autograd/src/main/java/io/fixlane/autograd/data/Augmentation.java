package io.fixlane.autograd.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What changes an image each time that it is trained with, so that a network does not learn images
 * by heart: it is moved by some pixels, 0 where nothing is left of it, and mirrored. That is the
 * crop of an image padded by {@code shift}, and the flip, of He et al. (arXiv 1512.03385, 4.2).
 *
 * @param shift by how many pixels at most, up or down and to the left or right, each equally likely
 * @param mirrored whether every other image, at random, has left and right exchanged
 */
public record Augmentation(int shift, boolean mirrored) {
  /** Leaves images as they are. */
  public static final Augmentation NONE = new Augmentation(0, false);

  /**
   * Makes it.
   *
   * @throws IllegalArgumentException if the shift is negative
   */
  public Augmentation {
    if (shift < 0) {
      throw new IllegalArgumentException("shift is " + shift + ": it must be at least 0");
    }
  }

  /**
   * Returns an image as it is trained with.
   *
   * @param images images in a row, of which one is read
   * @param from where it begins
   * @param shape height, width and channels
   * @param seed what the changes are drawn from: a number for each image and epoch
   */
  float[] of(float[] images, int from, int[] shape, long seed) {
    // Mixed, so that numbers that are near to each other give others.
    RandomGenerator random = new SplittableRandom(new SplittableRandom(seed).nextLong());
    int down = random.nextInt(-shift, shift + 1);
    int right = random.nextInt(-shift, shift + 1);
    boolean isMirrored = mirrored && random.nextBoolean();
    int height = shape[0];
    int width = shape[1];
    int channels = shape[2];
    float[] image = new float[height * width * channels];
    for (int y = Math.max(down, 0); y < Math.min(height + down, height); y++) {
      for (int x = Math.max(right, 0); x < Math.min(width + right, width); x++) {
        int source = from + ((y - down) * width + x - right) * channels;
        int target = (y * width + (isMirrored ? width - 1 - x : x)) * channels;
        System.arraycopy(images, source, image, target, channels);
      }
    }
    return image;
  }
}
