package io.fixlane.kernels.signs;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;

/**
 * What becomes of the sums of a {@link BinaryProduct}.
 *
 * @param <T> where it goes
 */
interface BinaryOutput<T> {
  /** How a sum comes into a lane. */
  Operand SUM = new Operand(Container.INT, true, 0, false);

  /** Returns the format of sums of k signs, which lie in -k..k. */
  static FixedFormat sums(int k) {
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(k) + 1;
    return FixedFormat.integers(width);
  }

  /**
   * Takes the sums of a block from {@link BinaryWork#sums}, where its rows are as far apart as the
   * tile says.
   *
   * @param row the block's first row
   * @param rows its rows
   * @param column its first column, a multiple of {@link BinaryWork#SIGNS}
   * @param columns its columns, at most {@link BinaryWork#SIGNS}
   */
  void store(BinaryWork work, T target, int row, int rows, int column, int columns);
}
