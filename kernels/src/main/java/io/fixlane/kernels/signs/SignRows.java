package io.fixlane.kernels.signs;

import io.fixlane.kernels.lanes.Container;

/**
 * Rows of signs, each a bit: 1 for +1 and 0 for -1, 64 to a word, from the least significant bit
 * on. A row starts at a word; the bits that pad its last word are 0.
 *
 * @param rows the number of rows
 * @param columns the signs of a row
 * @param rowWords the words of a row
 * @param words the words of all rows, and of some more: the last tile of rows reads on beyond the
 *     last row
 */
public record SignRows(int rows, int columns, int rowWords, long[] words) {

  /**
   * Returns rows of -1.
   *
   * @throws IllegalArgumentException if no array holds them
   */
  public static SignRows allocate(int rows, int columns) {
    int rowWords = Math.ceilDiv(columns, Long.SIZE);
    return new SignRows(rows, columns, rowWords,
        array(((long) rows + BinaryKernel.ROWS - 1) * rowWords));
  }

  /** Returns a sign, +1 or -1. */
  public int sign(int row, int column) {
    return (words[row * rowWords + column / Long.SIZE] >>> column & 1) == 0 ? -1 : 1;
  }

  static long[] array(long length) {
    if (length > Container.LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          "the signs take an array of " + length + " longs: an array holds at most "
              + Container.LONGEST_ARRAY);
    }
    return new long[(int) length];
  }
}
