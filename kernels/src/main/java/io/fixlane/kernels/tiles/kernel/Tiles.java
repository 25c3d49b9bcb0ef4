package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Registers;

/**
 * The rows of a unit's tiles of one vector, of two, and so on.
 *
 * @param few where there are 16 registers: those that were fastest of all. Where C2 runs out of
 *     registers it keeps accumulators in memory, at half the speed, and it does so before a tile
 *     fills them
 * @param many where there are 32: the accumulators fill them but for the weights of a step, an
 *     activation, and three
 */
record Tiles(int[] few, int[] many) {
  /** Of lanes as long as their sums. */
  static final Tiles WHOLE = new Tiles(new int[] {8, 4, 3}, new int[] {12, 12, 8, 6});
  /**
   * Of floats and doubles: their sums are stored before they are converted, and with 16 registers
   * nothing but a step needs them.
   */
  static final Tiles NUMBERS = new Tiles(new int[] {8, 6}, WHOLE.many());
  /**
   * Of 16-bit lanes, whose sums fill two vectors each: with more than 32 stores in one method, C2
   * gives up inlining the last of them.
   */
  static final Tiles HALVES = new Tiles(new int[] {6, 4}, new int[] {12, 8, 5, 4});

  private static final int[] SCALAR = {1, 1, 1};

  /** Returns the rows with vectors of so many bits, or in scalar loops. */
  int[] rows(int bits) {
    return bits == 0 ? SCALAR : Registers.few(bits) ? few : many;
  }
}
