package io.fixlane.kernels.signs;

/**
 * The arguments of a {@link BinaryKernel}: where the operands of one tile lie, in bits of 64 a
 * word, and where its sums go. Each thread has one.
 *
 * <pre>
 *                                   weights: panels of [words][columns]
 *                                   +--------------------+
 *                                   | signs 0..63 of k   |
 *                                   | signs 64..127      |
 *   activations: [rows][words]      | ...                |
 *   +-------------------------+     +--------------------+
 *   | row, row + 1, ...       |     | sums: rows x       |
 *   +-------------------------+     |       columns      |
 *                                   +--------------------+
 *
 *   sums[sumsOffset + i * sumsStride + j]
 *       = k - 2 * sum over q of popcount(activations[(row + i) * words + q]
 *                                        ^ weights[(panel * words + q) * columns + j])
 * </pre>
 */
public final class BinaryTile {
  private static final long[] NONE = {};

  /** The activations, rows one after the other. */
  public long[] activations = NONE;
  /** The tile's first row of activations. */
  public int row;
  /** The weights, panels one after the other. */
  public long[] weights = NONE;
  /** The tile's panel. */
  public int panel;
  /** The number of signs of a row and a column, without padding. */
  public int k;
  /** The number of words that hold them: ceil(k / 64). */
  public int words;
  /** Where the sums go. */
  public int[] sums = {};
  /** The place of the first. */
  public int sumsOffset;
  /** Sums from one row to the next. */
  public int sumsStride;

  /** Makes a tile without operands. */
  public BinaryTile() {}

  /** Lets go of the operands. */
  public void release() {
    activations = NONE;
    weights = NONE;
  }
}
