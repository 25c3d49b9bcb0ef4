package io.fixlane.kernels.signs;

/** The scalar twin of {@link VectorBinaryKernel}. */
final class ScalarBinaryKernel implements BinaryKernel {
  private static final int COLUMNS = 4;

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void multiply(BinaryTile tile) {
    long[] a = tile.activations;
    long[] w = tile.weights;
    for (int i = 0; i < ROWS; i++) {
      int from = (tile.row + i) * tile.words;
      int p = tile.panel * tile.words * COLUMNS;
      int differ0 = 0;
      int differ1 = 0;
      int differ2 = 0;
      int differ3 = 0;
      for (int q = 0; q < tile.words; q++) {
        long x = a[from + q];
        differ0 += Long.bitCount(x ^ w[p]);
        differ1 += Long.bitCount(x ^ w[p + 1]);
        differ2 += Long.bitCount(x ^ w[p + 2]);
        differ3 += Long.bitCount(x ^ w[p + 3]);
        p += COLUMNS;
      }
      int to = tile.sumsOffset + i * tile.sumsStride;
      tile.sums[to] = tile.k - 2 * differ0;
      tile.sums[to + 1] = tile.k - 2 * differ1;
      tile.sums[to + 2] = tile.k - 2 * differ2;
      tile.sums[to + 3] = tile.k - 2 * differ3;
    }
  }
}
