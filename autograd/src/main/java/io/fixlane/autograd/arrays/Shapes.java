package io.fixlane.autograd.arrays;

import java.util.Arrays;

/** What tensors check of a shape. */
public final class Shapes {
  private Shapes() {}

  /** Returns the product of the dimensions, 1 where there are none. */
  public static int size(int[] shape) {
    long size = 1;
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new IllegalArgumentException(
            "shape is " + Arrays.toString(shape) + ": a dimension must be at least 1");
      }
      size *= dimension;
      if (size > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "shape is " + Arrays.toString(shape) + ": it must hold at most "
                + (Integer.MAX_VALUE - 8) + " numbers");
      }
    }
    return (int) size;
  }
}
