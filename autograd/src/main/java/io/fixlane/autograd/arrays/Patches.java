package io.fixlane.autograd.arrays;

import io.fixlane.kernels.tiles.FloatProduct.Rows;
import java.util.Arrays;

/** The patches under a window, as rows of a product that are read where they lie. */
final class Patches {
  private static final float[] NOWHERE = {};

  private Patches() {}

  /**
   * Returns rows that read some numbers at each tap, from each place on. Taps that are neighbours
   * in memory are one run, where all are so alike.
   *
   * @param places where each row begins
   * @param taps where each tap lies, from a place on
   * @param depth the numbers of a tap
   */
  static Rows of(int[] places, int[] taps, int depth) {
    int length = 1;
    while (length < taps.length && taps[length] == taps[length - 1] + depth) {
      length++;
    }
    for (int i = 0; i < taps.length; i++) {
      boolean inRun = i % length > 0;
      if (taps.length % length > 0 || inRun && taps[i] != taps[i - 1] + depth) {
        return new Rows(NOWHERE, 0, places, taps, depth, 1);
      }
    }
    int[] runs = new int[taps.length / length];
    for (int r = 0; r < runs.length; r++) {
      runs[r] = taps[r * length];
    }
    return new Rows(NOWHERE, 0, places, runs, length * depth, 1);
  }

  /** Returns as many of the places as a grid has, one row of it after the other. */
  static int[] grid(int rows, int columns, Place place) {
    int[] places = new int[rows * columns];
    Arrays.setAll(places, i -> place.at(i / columns, i % columns));
    return places;
  }

  /** Where something of a row and a column lies. */
  @FunctionalInterface
  interface Place {
    int at(int row, int column);
  }
}
